ALTER TABLE payments ADD COLUMN refunded BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE payments ADD CONSTRAINT payments_refunded_check
    CHECK (refunded BETWEEN 0 AND amount AND (refunded = 0 OR state = 'captured'));

CREATE TABLE refunds (
    id UUID NOT NULL,
    order_id UUID NOT NULL,
    payment_id UUID NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    asked_by TEXT NOT NULL,
    reason TEXT NOT NULL,
    pieces JSONB NOT NULL,
    state TEXT NOT NULL,
    refusal TEXT,
    CONSTRAINT refunds_pkey PRIMARY KEY (id),
    CONSTRAINT refunds_amount_check CHECK (amount > 0),
    CONSTRAINT refunds_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT refunds_pieces_check CHECK (jsonb_typeof(pieces) = 'array'),
    CONSTRAINT refunds_state_check CHECK (state IN ('pending', 'done', 'refused')),
    CONSTRAINT refunds_refusal_check CHECK (refusal IS NULL OR state = 'refused'),
    CONSTRAINT refunds_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT refunds_payment_id_fkey FOREIGN KEY(payment_id) REFERENCES payments (id)
);
CREATE INDEX refunds_order_id_idx ON refunds (order_id);
CREATE INDEX refunds_payment_id_idx ON refunds (payment_id);

CREATE TRIGGER refunds_onward BEFORE UPDATE ON refunds FOR EACH ROW
WHEN (NEW.state <> OLD.state AND OLD.state <> 'pending')
EXECUTE FUNCTION refuse_change();

CREATE TRIGGER refunds_as_asked BEFORE UPDATE ON refunds FOR EACH ROW
WHEN ((NEW.order_id, NEW.payment_id, NEW.amount, NEW.currency, NEW.pieces) IS DISTINCT FROM
    (OLD.order_id, OLD.payment_id, OLD.amount, OLD.currency, OLD.pieces))
EXECUTE FUNCTION refuse_change();

-- Deferred to the commit: a refund and what it sets aside are written one after the other.

CREATE FUNCTION require_same_sum() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT p.refunded FROM payments p WHERE p.id = NEW.payment_id) IS DISTINCT FROM
        (SELECT coalesce(sum(r.amount), 0) FROM refunds r
         WHERE r.payment_id = NEW.payment_id AND r.state <> 'refused') THEN
        RAISE EXCEPTION 'the refunds of payment % are not what it says', NEW.payment_id
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER refunds_add_up AFTER INSERT OR UPDATE ON refunds
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION require_same_sum();
