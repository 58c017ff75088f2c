CREATE TABLE duties (
    name TEXT NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE NOT NULL,
    leased_until TIMESTAMP WITH TIME ZONE,
    token BIGINT DEFAULT 0 NOT NULL,
    CONSTRAINT duties_pkey PRIMARY KEY (name)
);

-- Dead letters are few among millions of delivered rows.
CREATE INDEX deliveries_parked_idx ON deliveries (parked_at) WHERE parked_at IS NOT NULL;
