-- Every column that old code does not know has a default: it may go on placing orders.
ALTER TABLE orders
    ADD COLUMN discount_amount BIGINT DEFAULT 0 NOT NULL,
    ADD COLUMN tax_amount BIGINT DEFAULT 0 NOT NULL,
    ADD COLUMN tax_percent NUMERIC(5, 2) DEFAULT 0 NOT NULL,
    ADD COLUMN tax_included BOOLEAN DEFAULT true NOT NULL,
    ADD COLUMN tax_country TEXT,
    ADD COLUMN voucher TEXT,
    DROP CONSTRAINT orders_delivery_check,
    ADD CONSTRAINT orders_delivery_check CHECK (delivery IN ('standard', 'insured', 'signature', 'express', 'pick_up')) NOT VALID,
    ADD CONSTRAINT orders_discount_check CHECK (discount_amount >= 0 AND discount_amount < items_amount AND (discount_amount = 0 OR voucher IS NOT NULL)) NOT VALID,
    ADD CONSTRAINT orders_tax_check CHECK (tax_amount >= 0 AND tax_percent >= 0) NOT VALID;
ALTER TABLE orders VALIDATE CONSTRAINT orders_delivery_check;
ALTER TABLE orders VALIDATE CONSTRAINT orders_discount_check;
ALTER TABLE orders VALIDATE CONSTRAINT orders_tax_check;

CREATE OR REPLACE TRIGGER orders_as_sold BEFORE UPDATE ON orders FOR EACH ROW
WHEN ((NEW.number, NEW.lines, NEW.currency, NEW.items_amount, NEW.delivery_amount,
        NEW.discount_amount, NEW.tax_amount, NEW.tax_percent, NEW.tax_included, NEW.voucher)
    IS DISTINCT FROM (OLD.number, OLD.lines, OLD.currency, OLD.items_amount, OLD.delivery_amount,
        OLD.discount_amount, OLD.tax_amount, OLD.tax_percent, OLD.tax_included, OLD.voucher))
EXECUTE FUNCTION refuse_change();

CREATE TABLE vouchers (
    id UUID NOT NULL,
    code TEXT NOT NULL,
    kind TEXT NOT NULL,
    percent INTEGER,
    amount BIGINT,
    currency TEXT,
    minimum BIGINT,
    starts_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE,
    uses INTEGER NOT NULL,
    uses_per_customer INTEGER NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT vouchers_pkey PRIMARY KEY (id),
    CONSTRAINT vouchers_code_key UNIQUE (code),
    CONSTRAINT vouchers_id_uses_uses_per_customer_key UNIQUE (id, uses, uses_per_customer),
    CONSTRAINT vouchers_code_check CHECK (code ~ '^[A-Z0-9][A-Z0-9-]{2,31}$'),
    CONSTRAINT vouchers_kind_check CHECK (kind IN ('percent', 'amount', 'free_delivery')),
    CONSTRAINT vouchers_percent_off_check CHECK ((kind = 'percent') = (percent IS NOT NULL)),
    CONSTRAINT vouchers_percent_check CHECK (percent BETWEEN 1 AND 99),
    CONSTRAINT vouchers_amount_off_check CHECK ((kind = 'amount') = (amount IS NOT NULL)),
    CONSTRAINT vouchers_amounts_check CHECK (amount > 0 AND minimum >= 0),
    CONSTRAINT vouchers_amounts_of_what_check CHECK (amount IS NULL AND minimum IS NULL OR currency IS NOT NULL),
    CONSTRAINT vouchers_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT vouchers_times_check CHECK (ends_at > starts_at),
    CONSTRAINT vouchers_uses_check CHECK (uses >= 1 AND uses_per_customer >= 1)
);
CREATE TABLE redemptions (
    voucher_id UUID NOT NULL,
    slot INTEGER NOT NULL,
    customer TEXT NOT NULL,
    turn INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    uses_per_customer INTEGER NOT NULL,
    order_id UUID NOT NULL,
    CONSTRAINT redemptions_pkey PRIMARY KEY (voucher_id, slot),
    CONSTRAINT redemptions_voucher_id_customer_turn_key UNIQUE (voucher_id, customer, turn),
    CONSTRAINT redemptions_order_id_key UNIQUE (order_id),
    CONSTRAINT redemptions_voucher_id_uses_uses_per_customer_fkey FOREIGN KEY(voucher_id, uses, uses_per_customer) REFERENCES vouchers (id, uses, uses_per_customer),
    CONSTRAINT redemptions_slot_check CHECK (slot BETWEEN 1 AND uses),
    CONSTRAINT redemptions_turn_check CHECK (turn BETWEEN 1 AND uses_per_customer),
    CONSTRAINT redemptions_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders (id)
);
CREATE TABLE checkouts (
    id UUID NOT NULL,
    lines JSONB NOT NULL,
    currency TEXT NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    latest TIMESTAMP WITH TIME ZONE NOT NULL,
    owner UUID,
    guest_hash TEXT,
    email TEXT,
    name TEXT,
    phone TEXT,
    address JSONB,
    delivery TEXT NOT NULL,
    voucher TEXT,
    order_number TEXT,
    settled BOOLEAN NOT NULL,
    CONSTRAINT checkouts_pkey PRIMARY KEY (id),
    CONSTRAINT checkouts_order_number_key UNIQUE (order_number),
    CONSTRAINT checkouts_belongs_to_one_check CHECK ((owner IS NULL) <> (guest_hash IS NULL)),
    CONSTRAINT checkouts_guest_hash_check CHECK (guest_hash ~ '^[0-9a-f]{64}$'),
    CONSTRAINT checkouts_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT checkouts_lines_check CHECK (jsonb_typeof(lines) = 'array' AND jsonb_array_length(lines) BETWEEN 1 AND 20),
    CONSTRAINT checkouts_times_check CHECK (started_at <= expires_at AND expires_at <= latest),
    CONSTRAINT checkouts_contact_check CHECK ((email IS NULL) = (name IS NULL) AND (name IS NULL) = (phone IS NULL)),
    CONSTRAINT checkouts_delivery_check CHECK (delivery IN ('standard', 'insured', 'signature', 'express', 'pick_up')),
    CONSTRAINT checkouts_settled_check CHECK (NOT settled OR order_number IS NOT NULL),
    CONSTRAINT checkouts_owner_fkey FOREIGN KEY(owner) REFERENCES users (id)
);
CREATE UNIQUE INDEX checkouts_live_guest_idx ON checkouts (guest_hash) WHERE order_number IS NULL;
CREATE UNIQUE INDEX checkouts_live_owner_idx ON checkouts (owner) WHERE order_number IS NULL;

CREATE TRIGGER vouchers_as_made BEFORE UPDATE ON vouchers FOR EACH ROW
WHEN ((NEW.code, NEW.kind, NEW.percent, NEW.amount, NEW.currency, NEW.minimum, NEW.starts_at,
        NEW.ends_at, NEW.uses, NEW.uses_per_customer)
    IS DISTINCT FROM (OLD.code, OLD.kind, OLD.percent, OLD.amount, OLD.currency, OLD.minimum,
        OLD.starts_at, OLD.ends_at, OLD.uses, OLD.uses_per_customer))
EXECUTE FUNCTION refuse_change();
