CREATE TABLE users (
    id UUID NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    registered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    role TEXT NOT NULL,
    verified_at TIMESTAMP WITH TIME ZONE,
    disabled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_email_check CHECK (email ~ '^[^@]+@[^@]+$' AND email !~ '[A-Z]'),
    CONSTRAINT users_role_check CHECK (role IN ('customer', 'clerk', 'manager'))
);

CREATE TABLE sessions (
    id UUID NOT NULL,
    user_id UUID NOT NULL,
    secret_hash TEXT NOT NULL,
    device TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT sessions_pkey PRIMARY KEY (id),
    CONSTRAINT sessions_secret_hash_key UNIQUE (secret_hash),
    CONSTRAINT sessions_secret_hash_check CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT sessions_life_check CHECK (started_at < expires_at),
    CONSTRAINT sessions_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX sessions_user_id_idx ON sessions (user_id);

CREATE TABLE tokens (
    secret_hash TEXT NOT NULL,
    purpose TEXT NOT NULL,
    user_id UUID NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT tokens_pkey PRIMARY KEY (secret_hash),
    CONSTRAINT tokens_secret_hash_check CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT tokens_purpose_check CHECK (purpose IN ('verify_email', 'reset_password')),
    CONSTRAINT tokens_user_id_fkey FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX tokens_user_id_idx ON tokens (user_id);
