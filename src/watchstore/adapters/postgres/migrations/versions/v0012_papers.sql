ALTER TABLE orders ADD COLUMN language TEXT DEFAULT 'en' NOT NULL;
ALTER TABLE orders ADD CONSTRAINT orders_language_check CHECK (language IN ('en', 'de')) NOT VALID;
ALTER TABLE checkouts ADD COLUMN language TEXT DEFAULT 'en' NOT NULL;
ALTER TABLE checkouts ADD CONSTRAINT checkouts_language_check CHECK (language IN ('en', 'de')) NOT VALID;
ALTER TABLE users ADD COLUMN language TEXT DEFAULT 'en' NOT NULL;
ALTER TABLE users ADD CONSTRAINT users_language_check CHECK (language IN ('en', 'de')) NOT VALID;

CREATE TABLE papers (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    order_id UUID NOT NULL,
    refund_id UUID,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    total BIGINT NOT NULL,
    currency TEXT NOT NULL,
    content JSONB NOT NULL,
    CONSTRAINT papers_pkey PRIMARY KEY (kind, year, sequence),
    CONSTRAINT papers_refund_id_key UNIQUE (refund_id),
    CONSTRAINT papers_kind_check CHECK (kind IN ('invoice', 'credit_note')),
    CONSTRAINT papers_refund_check CHECK ((kind = 'credit_note') = (refund_id IS NOT NULL)),
    CONSTRAINT papers_sequence_check CHECK (sequence >= 1),
    CONSTRAINT papers_year_check CHECK (year = extract(year FROM issued_at AT TIME ZONE 'UTC')),
    CONSTRAINT papers_total_check CHECK (total > 0),
    CONSTRAINT papers_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    CONSTRAINT papers_content_check CHECK (jsonb_typeof(content) = 'object'),
    CONSTRAINT papers_order_id_fkey FOREIGN KEY(order_id) REFERENCES orders (id),
    CONSTRAINT papers_refund_id_fkey FOREIGN KEY(refund_id) REFERENCES refunds (id)
);
CREATE UNIQUE INDEX papers_invoiced_order_idx ON papers (order_id) WHERE kind = 'invoice';
CREATE INDEX papers_order_id_idx ON papers (order_id);

CREATE TABLE paper_counters (
    kind TEXT NOT NULL,
    year INTEGER NOT NULL,
    last INTEGER NOT NULL,
    CONSTRAINT paper_counters_pkey PRIMARY KEY (kind, year)
);

-- What was written down stays as it is.

CREATE FUNCTION refuse_paper_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % of % stays as it is', OLD.kind, OLD.sequence, OLD.year
        USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END
$$;

CREATE TRIGGER papers_as_issued BEFORE UPDATE OR DELETE ON papers FOR EACH ROW
EXECUTE FUNCTION refuse_paper_change();

-- No gap: each number follows one that is there, and the counter names the last one.

CREATE FUNCTION require_number_in_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.sequence <> 1 AND NOT EXISTS (SELECT FROM papers WHERE kind = NEW.kind
        AND year = NEW.year AND sequence = NEW.sequence - 1) THEN
        RAISE EXCEPTION '% % of % is out of turn', NEW.kind, NEW.sequence, NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER papers_in_turn BEFORE INSERT ON papers FOR EACH ROW
EXECUTE FUNCTION require_number_in_turn();

CREATE FUNCTION require_paper_of_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM papers WHERE kind = NEW.kind AND year = NEW.year
        AND sequence = NEW.last) THEN
        RAISE EXCEPTION 'nothing was written under number % of %', NEW.last, NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER paper_counters_used AFTER INSERT OR UPDATE ON paper_counters
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION require_paper_of_number();

-- Deferred to the commit: a paper and what it tells of are written one after the other.

CREATE FUNCTION require_money_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM payments p WHERE NEW.refund_id IS NULL
            AND p.order_id = NEW.order_id AND p.state = 'captured'
            AND (p.amount, p.currency) = (NEW.total, NEW.currency))
        AND NOT EXISTS (SELECT FROM refunds r WHERE r.id = NEW.refund_id
            AND r.order_id = NEW.order_id AND r.state = 'done'
            AND (r.amount, r.currency) = (NEW.total, NEW.currency)) THEN
        RAISE EXCEPTION '% % of % tells of money that did not move',
            NEW.kind, NEW.sequence, NEW.year
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER papers_after_the_money AFTER INSERT ON papers
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
EXECUTE FUNCTION require_money_moved();
