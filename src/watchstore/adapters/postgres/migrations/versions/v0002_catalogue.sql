CREATE TABLE brands (
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    country TEXT NOT NULL,
    founded_year INTEGER,
    CONSTRAINT brands_pkey PRIMARY KEY (name),
    CONSTRAINT brands_slug_key UNIQUE (slug),
    CONSTRAINT brands_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$')
);

CREATE TABLE watches (
    id UUID NOT NULL,
    brand TEXT NOT NULL,
    collection TEXT NOT NULL,
    reference TEXT NOT NULL,
    bare_reference TEXT NOT NULL,
    name TEXT NOT NULL,
    slug TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    movement TEXT,
    calibre TEXT NOT NULL,
    case_material TEXT NOT NULL,
    diameter_mm NUMERIC,
    thickness_mm NUMERIC,
    lug_to_lug_mm NUMERIC,
    lug_width_mm NUMERIC,
    dial_colour TEXT NOT NULL,
    bracelet_material TEXT NOT NULL,
    crystal TEXT NOT NULL,
    water_resistance_m INTEGER,
    power_reserve_h INTEGER,
    complications TEXT[] NOT NULL,
    first_year INTEGER,
    publication TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT watches_pkey PRIMARY KEY (id),
    CONSTRAINT watches_brand_bare_reference_key UNIQUE (brand, bare_reference),
    CONSTRAINT watches_slug_key UNIQUE (slug),
    CONSTRAINT watches_id_brand_key UNIQUE (id, brand),
    CONSTRAINT watches_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT watches_bare_check CHECK (bare_reference <> '' AND bare_reference !~ '[a-z .-]'),
    CONSTRAINT watches_movement_check CHECK (movement IN ('automatic', 'manual', 'quartz', 'solar', 'other')),
    CONSTRAINT watches_publication_check CHECK (publication IN ('draft', 'published', 'withdrawn')),
    CONSTRAINT watches_diameter_mm_check CHECK (diameter_mm BETWEEN 10 AND 80),
    CONSTRAINT watches_thickness_mm_check CHECK (thickness_mm BETWEEN 1 AND 40),
    CONSTRAINT watches_lug_to_lug_mm_check CHECK (lug_to_lug_mm BETWEEN 10 AND 90),
    CONSTRAINT watches_lug_width_mm_check CHECK (lug_width_mm BETWEEN 4 AND 40),
    CONSTRAINT watches_water_resistance_m_check CHECK (water_resistance_m BETWEEN 0 AND 20000),
    CONSTRAINT watches_power_reserve_h_check CHECK (power_reserve_h BETWEEN 1 AND 20000),
    CONSTRAINT watches_first_year_check CHECK (first_year BETWEEN 1800 AND 2100),
    CONSTRAINT watches_version_check CHECK (version >= 1),
    CONSTRAINT watches_brand_fkey FOREIGN KEY(brand) REFERENCES brands (name)
);

CREATE TABLE offers (
    id UUID NOT NULL,
    watch_id UUID NOT NULL,
    brand TEXT NOT NULL,
    condition TEXT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    opened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    note TEXT NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    version INTEGER NOT NULL,
    CONSTRAINT offers_pkey PRIMARY KEY (id),
    CONSTRAINT offers_watch_id_brand_fkey FOREIGN KEY(watch_id, brand) REFERENCES watches (id, brand),
    CONSTRAINT offers_id_brand_key UNIQUE (id, brand),
    CONSTRAINT offers_condition_check CHECK (condition IN ('new', 'unworn', 'mint', 'excellent', 'very_good', 'good', 'pre_owned')),
    CONSTRAINT offers_amount_check CHECK (amount > 0),
    CONSTRAINT offers_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT offers_version_check CHECK (version >= 1)
);
CREATE INDEX offers_watch_id_idx ON offers (watch_id);

CREATE TABLE catalogue_state (
    single BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT catalogue_state_pkey PRIMARY KEY (single),
    CONSTRAINT catalogue_state_single_check CHECK (single)
);

INSERT INTO catalogue_state (single, version) VALUES (true, 1);
