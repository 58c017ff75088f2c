CREATE TABLE listed_watches (
    watch_id UUID NOT NULL,
    bare_reference TEXT NOT NULL,
    sort_name TEXT COLLATE "C" NOT NULL,
    slug TEXT NOT NULL,
    brand TEXT NOT NULL,
    collection TEXT NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    movement TEXT,
    case_material TEXT NOT NULL,
    diameter_mm DOUBLE PRECISION,
    dial_colour TEXT NOT NULL,
    year INTEGER,
    amount BIGINT,
    currency TEXT,
    condition TEXT,
    brand_code TEXT NOT NULL,
    collection_code TEXT NOT NULL,
    movement_code TEXT NOT NULL,
    case_code TEXT NOT NULL,
    dial_code TEXT NOT NULL,
    diameter_code TEXT NOT NULL,
    water_code TEXT NOT NULL,
    year_code TEXT NOT NULL,
    price_codes TEXT[] NOT NULL,
    condition_codes TEXT[] NOT NULL,
    by_relevance DOUBLE PRECISION NOT NULL,
    by_price DOUBLE PRECISION NOT NULL,
    by_price_down DOUBLE PRECISION NOT NULL,
    by_year DOUBLE PRECISION NOT NULL,
    by_diameter DOUBLE PRECISION NOT NULL,
    document TSVECTOR NOT NULL,
    CONSTRAINT listed_watches_pkey PRIMARY KEY (watch_id),
    CONSTRAINT listed_watches_watch_id_fkey FOREIGN KEY(watch_id) REFERENCES watches (id)
);
CREATE INDEX listed_watches_bare_reference_idx ON listed_watches (bare_reference);
CREATE INDEX listed_watches_by_diameter_idx ON listed_watches (by_diameter, sort_name, watch_id);
CREATE INDEX listed_watches_by_price_down_idx ON listed_watches (by_price_down, sort_name, watch_id);
CREATE INDEX listed_watches_by_price_idx ON listed_watches (by_price, sort_name, watch_id);
CREATE INDEX listed_watches_by_relevance_idx ON listed_watches (by_relevance, sort_name, watch_id);
CREATE INDEX listed_watches_by_year_idx ON listed_watches (by_year, sort_name, watch_id);
CREATE INDEX listed_watches_document_idx ON listed_watches USING gin (document);
CREATE INDEX listed_watches_sort_name_idx ON listed_watches (sort_name, watch_id);
