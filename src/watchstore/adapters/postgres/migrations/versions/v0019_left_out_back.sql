CREATE OR REPLACE FUNCTION require_cancelled_order() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM orders WHERE id = OLD.order_id AND state = 'cancelled')
        AND NOT EXISTS (SELECT FROM returns WHERE order_id = OLD.order_id
            AND restocked IS NOT NULL AND pieces @> to_jsonb(OLD.id)) THEN
        RAISE EXCEPTION 'piece % left order %, which is not cancelled', OLD.id, OLD.order_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

DROP TRIGGER orders_left_out_once ON orders;
ALTER TABLE orders DROP COLUMN left_out;
