DROP TABLE redemptions, vouchers, checkouts;

CREATE OR REPLACE TRIGGER orders_as_sold BEFORE UPDATE ON orders FOR EACH ROW
WHEN ((NEW.number, NEW.lines, NEW.currency, NEW.items_amount, NEW.delivery_amount)
    IS DISTINCT FROM (OLD.number, OLD.lines, OLD.currency, OLD.items_amount, OLD.delivery_amount))
EXECUTE FUNCTION refuse_change();

ALTER TABLE orders
    DROP CONSTRAINT orders_delivery_check,
    ADD CONSTRAINT orders_delivery_check CHECK (delivery IN ('standard', 'express', 'pick_up')),
    DROP COLUMN discount_amount,
    DROP COLUMN tax_amount,
    DROP COLUMN tax_percent,
    DROP COLUMN tax_included,
    DROP COLUMN tax_country,
    DROP COLUMN voucher;
