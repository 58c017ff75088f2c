CREATE TABLE carts (
    id UUID NOT NULL,
    owner UUID,
    secret_hash TEXT,
    currency TEXT,
    lines JSONB NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT carts_pkey PRIMARY KEY (id),
    CONSTRAINT carts_owner_key UNIQUE (owner),
    CONSTRAINT carts_secret_hash_key UNIQUE (secret_hash),
    CONSTRAINT carts_belongs_to_one_check CHECK ((owner IS NULL) <> (secret_hash IS NULL)),
    CONSTRAINT carts_secret_hash_check CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT carts_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT carts_lines_check CHECK (jsonb_typeof(lines) = 'array' AND jsonb_array_length(lines) BETWEEN 0 AND 20 AND NOT jsonb_path_exists(lines, '$[*] ? (!(@.quantity >= 1 && @.quantity <= 10 && @.amount >= 0))')),
    CONSTRAINT carts_one_currency_check CHECK (lines = '[]' OR currency IS NOT NULL),
    CONSTRAINT carts_version_check CHECK (version >= 1),
    CONSTRAINT carts_owner_fkey FOREIGN KEY(owner) REFERENCES users (id)
);

CREATE TABLE orders (
    id UUID NOT NULL,
    number TEXT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    address JSONB,
    delivery TEXT NOT NULL,
    lines JSONB NOT NULL,
    currency TEXT NOT NULL,
    items_amount BIGINT NOT NULL,
    delivery_amount BIGINT NOT NULL,
    placed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    buyer UUID,
    guest_hash TEXT,
    hold_id UUID,
    state TEXT NOT NULL,
    carrier TEXT,
    tracking TEXT,
    timeline JSONB NOT NULL,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT orders_number_key UNIQUE (number),
    CONSTRAINT orders_hold_id_key UNIQUE (hold_id),
    CONSTRAINT orders_number_check CHECK (number ~ '^WS-[0-9A-HJKMNP-TV-Z]{10}$'),
    CONSTRAINT orders_guest_hash_check CHECK (guest_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT orders_delivery_check CHECK (delivery IN ('standard', 'express', 'pick_up')),
    CONSTRAINT orders_address_check CHECK (address IS NOT NULL OR delivery = 'pick_up'),
    CONSTRAINT orders_lines_check CHECK (jsonb_typeof(lines) = 'array' AND jsonb_array_length(lines) BETWEEN 1 AND 1000 AND NOT jsonb_path_exists(lines, '$[*] ? (!(@.amount > 0 && @.pieces.size() >= 1))')),
    CONSTRAINT orders_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT orders_amounts_check CHECK (items_amount > 0 AND delivery_amount >= 0),
    CONSTRAINT orders_state_check CHECK (state IN ('awaiting_payment', 'paid', 'dispatching', 'shipped', 'cancelled')),
    CONSTRAINT orders_parcel_check CHECK ((carrier IS NULL) = (tracking IS NULL)),
    CONSTRAINT orders_sent_in_a_parcel_check CHECK (state NOT IN ('dispatching', 'shipped') OR carrier IS NOT NULL),
    CONSTRAINT orders_timeline_check CHECK (jsonb_typeof(timeline) = 'array'),
    CONSTRAINT orders_buyer_fkey FOREIGN KEY(buyer) REFERENCES users (id)
);
CREATE INDEX orders_buyer_placed_at_id_idx ON orders (buyer, placed_at, id);
CREATE INDEX orders_placed_at_id_idx ON orders (placed_at, id);
CREATE INDEX orders_state_placed_at_id_idx ON orders (state, placed_at, id);

CREATE TABLE payments (
    id UUID NOT NULL,
    order_id UUID NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    card TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    reference TEXT,
    reason TEXT,
    CONSTRAINT payments_pkey PRIMARY KEY (id),
    CONSTRAINT payments_order_id_key UNIQUE (order_id),
    CONSTRAINT payments_reference_key UNIQUE (reference),
    CONSTRAINT payments_amount_check CHECK (amount > 0),
    CONSTRAINT payments_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT payments_state_check CHECK (state IN ('authorising', 'authorised', 'declined', 'capturing', 'captured', 'voiding', 'voided')),
    CONSTRAINT payments_known_to_the_gateway_check CHECK (state IN ('authorising', 'declined') OR reference IS NOT NULL),
    CONSTRAINT payments_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders (id)
);

CREATE TABLE request_keys (
    actor TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    order_id UUID,
    answer JSONB,
    claimed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT request_keys_pkey PRIMARY KEY (actor, key),
    CONSTRAINT request_keys_order_id_key UNIQUE (order_id),
    CONSTRAINT request_keys_named_check CHECK (actor <> '' AND key <> ''),
    CONSTRAINT request_keys_answer_check CHECK (jsonb_typeof(answer) = 'object')
);
CREATE INDEX request_keys_claimed_at_idx ON request_keys (claimed_at);

-- The conditions below are evaluated without calling a function: a legal change costs nothing.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% refuses to change % %', TG_NAME, TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

-- Several steps may be saved at once, so this is what no number of steps can do.
CREATE TRIGGER orders_onward BEFORE UPDATE ON orders FOR EACH ROW
WHEN (NEW.state <> OLD.state
    AND (OLD.state IN ('shipped', 'cancelled') OR NEW.state = 'awaiting_payment'))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER orders_as_sold BEFORE UPDATE ON orders FOR EACH ROW
WHEN ((NEW.number, NEW.lines, NEW.currency, NEW.items_amount, NEW.delivery_amount)
    IS DISTINCT FROM (OLD.number, OLD.lines, OLD.currency, OLD.items_amount, OLD.delivery_amount))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER payments_as_asked BEFORE UPDATE ON payments FOR EACH ROW
WHEN ((NEW.order_id, NEW.amount, NEW.currency) IS DISTINCT FROM
    (OLD.order_id, OLD.amount, OLD.currency))
EXECUTE FUNCTION refuse_change();
