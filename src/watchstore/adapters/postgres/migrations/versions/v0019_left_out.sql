ALTER TABLE orders ADD COLUMN left_out JSONB DEFAULT '[]'::jsonb NOT NULL;
ALTER TABLE orders ADD CONSTRAINT orders_left_out_check CHECK (jsonb_typeof(left_out) = 'array' AND (left_out = '[]' OR state IN ('shipped', 'delivered'))) NOT VALID;

CREATE TRIGGER orders_left_out_once BEFORE UPDATE ON orders FOR EACH ROW
WHEN (OLD.left_out <> '[]' AND NEW.left_out <> OLD.left_out)
EXECUTE FUNCTION refuse_change();

CREATE OR REPLACE FUNCTION require_cancelled_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM orders WHERE id = OLD.order_id AND (state = 'cancelled' OR left_out @> to_jsonb(OLD.id)))
        AND NOT EXISTS (SELECT FROM returns WHERE order_id = OLD.order_id
            AND restocked IS NOT NULL AND pieces @> to_jsonb(OLD.id)) THEN
        RAISE EXCEPTION 'piece % left order %, which is not cancelled', OLD.id, OLD.order_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;
