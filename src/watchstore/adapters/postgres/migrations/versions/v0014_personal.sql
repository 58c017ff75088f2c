CREATE TABLE address_books (
    owner UUID NOT NULL,
    entries JSONB NOT NULL,
    CONSTRAINT address_books_pkey PRIMARY KEY (owner),
    CONSTRAINT address_books_entries_check CHECK (jsonb_typeof(entries) = 'array' AND jsonb_array_length(entries) <= 10),
    CONSTRAINT address_books_owner_fkey FOREIGN KEY(owner) REFERENCES users (id)
);

CREATE TABLE wish_lists (
    owner UUID NOT NULL,
    watches JSONB NOT NULL,
    CONSTRAINT wish_lists_pkey PRIMARY KEY (owner),
    CONSTRAINT wish_lists_watches_check CHECK (jsonb_typeof(watches) = 'array' AND jsonb_array_length(watches) <= 100),
    CONSTRAINT wish_lists_owner_fkey FOREIGN KEY(owner) REFERENCES users (id)
);
