CREATE OR REPLACE FUNCTION require_cancelled_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM orders WHERE id = OLD.order_id AND state = 'cancelled') THEN
        RAISE EXCEPTION 'piece % left order %, which is not cancelled', OLD.id, OLD.order_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

ALTER TABLE pieces DROP COLUMN withdrawn_at;

DROP TRIGGER orders_onward ON orders;
UPDATE orders SET state = 'shipped' WHERE state IN ('partly_shipped', 'delivered');
CREATE TRIGGER orders_onward BEFORE UPDATE ON orders FOR EACH ROW
WHEN (NEW.state <> OLD.state
    AND (OLD.state IN ('shipped', 'cancelled') OR NEW.state = 'awaiting_payment'))
EXECUTE FUNCTION refuse_change();

ALTER TABLE orders DROP CONSTRAINT orders_sent_in_a_parcel_check;
ALTER TABLE orders DROP CONSTRAINT orders_state_check;
ALTER TABLE orders ADD CONSTRAINT orders_state_check CHECK (state IN ('awaiting_payment', 'paid', 'dispatching', 'shipped', 'cancelled'));
ALTER TABLE orders ADD COLUMN carrier TEXT, ADD COLUMN tracking TEXT;
UPDATE orders SET carrier = parcels -> 0 ->> 'carrier', tracking = parcels -> 0 ->> 'tracking'
WHERE parcels <> '[]';
ALTER TABLE orders ADD CONSTRAINT orders_parcel_check CHECK ((carrier IS NULL) = (tracking IS NULL));
ALTER TABLE orders ADD CONSTRAINT orders_sent_in_a_parcel_check CHECK (state NOT IN ('dispatching', 'shipped') OR carrier IS NOT NULL);
ALTER TABLE orders DROP COLUMN parcels;
