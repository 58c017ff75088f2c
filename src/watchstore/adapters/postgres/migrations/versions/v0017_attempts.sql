ALTER TABLE payments ADD COLUMN refusals INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE payments ADD CONSTRAINT payments_refusals_check CHECK (refusals >= 0) NOT VALID;

-- A return is over without a refund of its own when all of its money went back before.

ALTER TABLE returns
    DROP CONSTRAINT returns_paid_back_check,
    ADD CONSTRAINT returns_paid_back_check CHECK ((state IN ('accepted', 'refunded')) = (restocked IS NOT NULL) AND (state <> 'accepted' OR refund_id IS NOT NULL) AND (refund_id IS NULL OR restocked IS NOT NULL)) NOT VALID;

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
