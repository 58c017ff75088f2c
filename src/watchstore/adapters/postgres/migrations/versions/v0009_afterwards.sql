-- What was sent so far went in one parcel.

ALTER TABLE orders ADD COLUMN parcels JSONB DEFAULT '[]'::jsonb NOT NULL;
UPDATE orders SET parcels = jsonb_build_array(jsonb_build_object(
    'carrier', carrier, 'tracking', tracking,
    'pieces', jsonb_path_query_array(lines, '$[*].pieces[*]')))
WHERE carrier IS NOT NULL;
ALTER TABLE orders DROP CONSTRAINT orders_sent_in_a_parcel_check;
ALTER TABLE orders DROP COLUMN carrier, DROP COLUMN tracking;
ALTER TABLE orders DROP CONSTRAINT orders_state_check;
ALTER TABLE orders ADD CONSTRAINT orders_state_check CHECK (state IN ('awaiting_payment', 'paid', 'dispatching', 'partly_shipped', 'shipped', 'delivered', 'cancelled'));
ALTER TABLE orders ADD CONSTRAINT orders_sent_in_a_parcel_check CHECK (jsonb_typeof(parcels) = 'array' AND (jsonb_array_length(parcels) >= 1) = (state IN ('dispatching', 'partly_shipped', 'shipped', 'delivered')));

DROP TRIGGER orders_onward ON orders;
CREATE TRIGGER orders_onward BEFORE UPDATE ON orders FOR EACH ROW
WHEN (NEW.state <> OLD.state
    AND (OLD.state IN ('delivered', 'cancelled') OR NEW.state = 'awaiting_payment'
        OR (OLD.state = 'shipped' AND NEW.state <> 'delivered')))
EXECUTE FUNCTION refuse_change();

ALTER TABLE pieces ADD COLUMN withdrawn_at TIMESTAMP WITH TIME ZONE;
ALTER TABLE pieces ADD CONSTRAINT pieces_withdrawn_check
    CHECK (withdrawn_at IS NULL OR (order_id IS NULL AND hold_id IS NULL));

CREATE TABLE returns (
    id UUID NOT NULL,
    order_id UUID NOT NULL,
    pieces JSONB NOT NULL,
    reason TEXT NOT NULL,
    requested_at TIMESTAMP WITH TIME ZONE NOT NULL,
    state TEXT NOT NULL,
    restocked BOOLEAN,
    refund_id UUID,
    note TEXT NOT NULL,
    CONSTRAINT returns_pkey PRIMARY KEY (id),
    CONSTRAINT returns_refund_id_key UNIQUE (refund_id),
    CONSTRAINT returns_pieces_check CHECK (jsonb_typeof(pieces) = 'array' AND jsonb_array_length(pieces) >= 1),
    CONSTRAINT returns_state_check CHECK (state IN ('requested', 'approved', 'declined', 'received', 'rejected', 'accepted', 'refunded')),
    CONSTRAINT returns_paid_back_check CHECK ((state IN ('accepted', 'refunded')) = (refund_id IS NOT NULL) AND (refund_id IS NULL) = (restocked IS NULL)),
    CONSTRAINT returns_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT returns_refund_id_fkey FOREIGN KEY(refund_id) REFERENCES refunds (id)
);
CREATE INDEX returns_order_id_idx ON returns (order_id);

CREATE TRIGGER returns_onward BEFORE UPDATE ON returns FOR EACH ROW
WHEN (NEW.state <> OLD.state
    AND (OLD.state IN ('declined', 'rejected', 'refunded') OR NEW.state = 'requested'
        OR (OLD.state = 'accepted' AND NEW.state <> 'refunded')))
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER returns_as_requested BEFORE UPDATE ON returns FOR EACH ROW
WHEN ((NEW.order_id, NEW.pieces) IS DISTINCT FROM (OLD.order_id, OLD.pieces))
EXECUTE FUNCTION refuse_change();

-- A piece also leaves an order when it came back and was accepted.

CREATE OR REPLACE FUNCTION require_cancelled_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM orders WHERE id = OLD.order_id AND state = 'cancelled')
        AND NOT EXISTS (SELECT FROM returns WHERE order_id = OLD.order_id
            AND refund_id IS NOT NULL AND pieces @> to_jsonb(OLD.id)) THEN
        RAISE EXCEPTION 'piece % left order %, which is not cancelled', OLD.id, OLD.order_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
