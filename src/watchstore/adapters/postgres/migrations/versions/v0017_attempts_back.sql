ALTER TABLE payments DROP COLUMN refusals;

-- Those that ended without a refund stay as they are.

ALTER TABLE returns
    DROP CONSTRAINT returns_paid_back_check,
    ADD CONSTRAINT returns_paid_back_check CHECK ((state IN ('accepted', 'refunded')) = (refund_id IS NOT NULL) AND (refund_id IS NULL) = (restocked IS NULL)) NOT VALID;

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
