CREATE TABLE pieces (
    id UUID NOT NULL,
    offer_id UUID NOT NULL,
    brand TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    serial TEXT,
    box BOOLEAN NOT NULL,
    papers BOOLEAN NOT NULL,
    hold_id UUID,
    hold_until TIMESTAMP WITH TIME ZONE,
    order_id UUID,
    sold_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pieces_pkey PRIMARY KEY (id),
    CONSTRAINT pieces_offer_id_brand_fkey FOREIGN KEY(offer_id, brand) REFERENCES offers (id, brand),
    CONSTRAINT pieces_brand_serial_key UNIQUE (brand, serial),
    CONSTRAINT pieces_hold_check CHECK ((hold_id IS NULL) = (hold_until IS NULL)),
    CONSTRAINT pieces_one_claim_check CHECK (hold_id IS NULL OR order_id IS NULL),
    CONSTRAINT pieces_sold_to_an_order_check CHECK (sold_at IS NULL OR order_id IS NOT NULL),
    CONSTRAINT pieces_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders (id)
);
CREATE INDEX pieces_free_idx ON pieces (offer_id, id) WHERE order_id IS NULL;
CREATE INDEX pieces_hold_id_idx ON pieces (hold_id) WHERE hold_id IS NOT NULL;
CREATE INDEX pieces_offer_id_idx ON pieces (offer_id);
CREATE INDEX pieces_order_id_idx ON pieces (order_id) WHERE order_id IS NOT NULL;

-- A piece goes to an order from the shelf only, and back only when that order is cancelled.

CREATE TRIGGER pieces_one_taker BEFORE UPDATE ON pieces FOR EACH ROW
WHEN (OLD.order_id IS NOT NULL AND NEW.order_id IS NOT NULL AND NEW.order_id <> OLD.order_id)
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER pieces_keep_their_taker BEFORE DELETE ON pieces FOR EACH ROW
WHEN (OLD.order_id IS NOT NULL)
EXECUTE FUNCTION refuse_change();

-- Deferred to the commit: a transaction may free the pieces first and cancel the order then.

CREATE FUNCTION require_cancelled_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM orders WHERE id = OLD.order_id AND state = 'cancelled') THEN
        RAISE EXCEPTION 'piece % left order %, which is not cancelled', OLD.id, OLD.order_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER pieces_freed_by_cancelling AFTER UPDATE ON pieces
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (OLD.order_id IS NOT NULL AND NEW.order_id IS DISTINCT FROM OLD.order_id)
EXECUTE FUNCTION require_cancelled_order();

CREATE FUNCTION require_no_pieces() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM pieces WHERE order_id = NEW.id) THEN
        RAISE EXCEPTION 'order % is cancelled, but keeps pieces', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER orders_cancelled_keep_nothing AFTER UPDATE ON orders
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
WHEN (NEW.state = 'cancelled' AND OLD.state <> 'cancelled')
EXECUTE FUNCTION require_no_pieces();
