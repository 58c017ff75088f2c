"""Whatever is added comes back the same, in every repository."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import strategies
from tests.harness.records import a_payment, a_user, an_order, put_offer
from tests.harness.torture import repetitions

from watchstore.domain import OrderState, PaperKind, Parcel, PaymentState, RefundState
from watchstore.domain.billing import credit_note, invoice
from watchstore.domain.papers import year_of
from watchstore.service_layer.ports import Earlier

tried = settings(
    max_examples=repetitions(30),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@tried
@given(user=strategies.users)
def test_users(storage, user):
    with storage.begin() as uow:
        assert uow.users.add(user)
        assert uow.users.get(user.id) == uow.users.find(user.email) == user


@tried
@given(user=strategies.users, other=strategies.users)
def test_saved_users(storage, user, other):
    with storage.begin() as uow:
        uow.users.add(user)
        changed = replace(other, id=user.id)
        uow.users.save(changed)
        assert uow.users.get(user.id) == changed


@tried
@given(data=st.data())
def test_sessions_and_tokens(storage, data):
    user = a_user()
    session = data.draw(strategies.sessions(user.id))
    token = data.draw(strategies.tokens(user.id))
    with storage.begin() as uow:
        uow.users.add(user)
        uow.sessions.add(session)
        uow.tokens.add(token)
        assert uow.tokens.get(token.secret_hash, token.purpose) == token
        used = replace(token, used_at=token.expires_at)
        uow.tokens.save(used)
        assert uow.tokens.get(token.secret_hash, token.purpose) == used
        assert uow.sessions.end(user.id) == (session.secret_hash,)


@tried
@given(data=st.data(), brand=strategies.brands)
def test_watches(storage, data, brand):
    watch = data.draw(strategies.watches(brand.name))
    with storage.begin() as uow:
        uow.watches.keep_brand(brand)
        uow.watches.add(watch)
        assert uow.watches.get(watch.id) == watch
        assert uow.watches.find(brand.name, watch.reference) == watch
        other = data.draw(strategies.watches(brand.name))
        changed = replace(other, id=watch.id)
        uow.watches.save(changed)
        assert uow.watches.get(watch.id) == changed


@tried
@given(data=st.data())
def test_offers(storage, data):
    with storage.begin() as uow:
        first = put_offer(uow)
        offer = data.draw(strategies.offers(first.watch_id))
        uow.offers.add(offer)
        assert uow.offers.get(offer.id) == offer
        changed = replace(data.draw(strategies.offers(first.watch_id)), id=offer.id)
        uow.offers.save(changed)
        assert uow.offers.get(offer.id) == changed


@tried
@given(data=st.data())
def test_pieces(storage, data):
    with storage.begin() as uow:
        offer = put_offer(uow)
        piece = data.draw(strategies.pieces(offer.id))
        uow.pieces.add([piece])
        assert uow.pieces.get(piece.id) == piece
        other = data.draw(strategies.pieces(offer.id))
        changed = replace(other, id=piece.id, received_at=piece.received_at)
        uow.pieces.save(changed)
        assert uow.pieces.get(piece.id) == changed


@tried
@given(data=st.data())
def test_pieces_of_an_order(storage, data):
    with storage.begin() as uow:
        offer = put_offer(uow)
        order = an_order(offer)
        uow.orders.add(order)
        piece = data.draw(strategies.owned_pieces(offer.id, order.id))
        uow.pieces.add([piece])
        assert uow.pieces.get(piece.id) == piece


@tried
@given(data=st.data(), guest=st.booleans())
def test_carts(storage, data, guest):
    user = a_user()
    with storage.begin() as uow:
        uow.users.add(user)
        offers = [put_offer(uow).id for _ in range(2)]
        owner = None if guest else user.id
        cart = data.draw(strategies.carts(offers, owner=owner))
        uow.carts.add(cart)
        found = uow.carts.find(owner=cart.owner, secret_hash=cart.secret_hash)
        assert found == cart
        changed = replace(data.draw(strategies.carts(offers, owner=owner)), id=cart.id)
        uow.carts.save(changed)
        assert uow.carts.find(owner=changed.owner, secret_hash=changed.secret_hash) == changed
        uow.carts.remove(cart.id)
        assert uow.carts.find(owner=changed.owner, secret_hash=changed.secret_hash) is None


@tried
@given(data=st.data(), buys=st.booleans())
def test_orders(storage, data, buys):
    user = a_user()
    with storage.begin() as uow:
        uow.users.add(user)
        offer = put_offer(uow)
        buyer = user.id if buys else None
        order = data.draw(strategies.orders([offer], buyer=buyer))
        uow.orders.add(order)
        assert uow.orders.get(order.id) == uow.orders.find(order.number) == order


@tried
@given(data=st.data())
def test_saved_orders(storage, data):
    """State, parcel and timeline change; what was sold to whom does not."""
    with storage.begin() as uow:
        order = an_order(put_offer(uow))
        uow.orders.add(order)
        paid = order.pay(data.draw(strategies.times))
        sent = paid.dispatch(Parcel("DHL", "JD1"), data.draw(strategies.times), by="clerk")
        for changed in (paid, sent, sent.ship(data.draw(strategies.times))):
            uow.orders.save(changed)
            assert uow.orders.get(order.id) == changed
        assert changed.state is OrderState.SHIPPED


@tried
@given(data=st.data())
def test_payments(storage, data):
    with storage.begin() as uow:
        order = an_order(put_offer(uow))
        uow.orders.add(order)
        payment = data.draw(strategies.payments(order.id))
        uow.payments.add(payment)
        assert uow.payments.get(payment.id) == uow.payments.of_order(order.id) == payment
        changed = replace(payment, reference="another", reason="insufficient funds")
        uow.payments.save(changed)
        assert uow.payments.get(payment.id) == changed


@tried
@given(data=st.data())
def test_refunds(storage, data):
    """Nothing is committed: the sum of the payment is not looked at."""
    with storage.begin() as uow:
        order = an_order(put_offer(uow))
        uow.orders.add(order)
        payment = data.draw(strategies.payments(order.id))
        uow.payments.add(payment)
        refund = data.draw(strategies.refunds(payment))
        uow.refunds.add(refund)
        assert uow.refunds.get(refund.id) == refund
        refused = refund.answered(approved=False, reason="not_captured")
        uow.refunds.save(refused)
        assert uow.refunds.of_order(order.id) == (refused,)


@tried
@given(data=st.data())
def test_returns(storage, data):
    with storage.begin() as uow:
        order = an_order(put_offer(uow))
        uow.orders.add(order)
        returned = data.draw(strategies.returns(order.id))
        uow.returns.add(returned)
        assert uow.returns.get(returned.id) == returned
        changed = replace(returned, note="scratched")
        uow.returns.save(changed)
        assert uow.returns.of_order(order.id) == (changed,)


@tried
@given(data=st.data())
def test_papers(storage, data):
    """Of money that moved; nothing is committed."""
    with storage.begin() as uow:
        order = data.draw(strategies.orders([put_offer(uow)], state=OrderState.PAID))
        uow.orders.add(order)
        seller = data.draw(strategies.sellers)
        at = data.draw(strategies.times)
        captured = replace(a_payment(order), state=PaymentState.CAPTURED, reference=str(order.id))
        uow.payments.add(captured)
        kept = uow.papers.issue(
            PaperKind.INVOICE,
            year_of(at),
            lambda number: invoice(order, number, seller=seller, at=at),
        )
        assert uow.papers.get(kept.number) == uow.papers.invoice_of(order.id) == kept
        refund = data.draw(strategies.refunds(captured))
        refund = replace(refund, pieces=(), state=RefundState.DONE)
        uow.refunds.add(refund)
        back = uow.papers.issue(
            PaperKind.CREDIT_NOTE,
            year_of(at),
            lambda number: credit_note(
                order, refund, number, corrects=kept.number, seller=seller, at=at
            ),
        )
        assert uow.papers.get(back.number) == uow.papers.credit_note_of(refund.id) == back


@tried
@given(data=st.data())
def test_withdrawn_pieces(storage, data):
    with storage.begin() as uow:
        piece = data.draw(strategies.withdrawn_pieces(put_offer(uow).id))
        uow.pieces.add([piece])
        assert uow.pieces.get(piece.id) == piece


@tried
@given(key=strategies.request_keys, answer=strategies.answers)
def test_request_keys(storage, key, answer):
    with storage.begin() as uow:
        assert uow.keys.claim(key) is None
        assert uow.keys.peek(key) == Earlier(key.fingerprint, None)
        uow.keys.answer(key, answer)
        assert uow.keys.peek(key) == Earlier(key.fingerprint, answer)


@tried
@given(data=st.data(), buys=st.booleans())
def test_checkouts(storage, data, buys):
    user = a_user()
    with storage.begin() as uow:
        uow.users.add(user)
        offer = put_offer(uow)
        owner = user.id if buys else None
        checkout = data.draw(strategies.checkouts([offer], owner=owner))
        uow.checkouts.add(checkout)
        assert uow.checkouts.get(checkout.id) == uow.checkouts.peek(checkout.id) == checkout
        changed = replace(data.draw(strategies.checkouts([offer], owner=owner)), id=checkout.id)
        uow.checkouts.save(changed)
        assert uow.checkouts.get(checkout.id) == changed
        found = uow.checkouts.live(owner=changed.owner, guest_hash=changed.guest_hash)
        assert found == (() if changed.order_number else (changed,))
        uow.checkouts.remove(checkout.id)
        assert uow.checkouts.peek(checkout.id) is None


@tried
@given(voucher=strategies.vouchers())
def test_vouchers(storage, voucher):
    with storage.begin() as uow:
        uow.vouchers.add(voucher)
        assert uow.vouchers.find(voucher.code) == uow.vouchers.peek(voucher.code) == voucher
        closed = replace(voucher, closed_at=voucher.starts_at)
        uow.vouchers.save(closed)
        assert uow.vouchers.find(voucher.code) == closed
