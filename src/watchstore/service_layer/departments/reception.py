"""Reception: accounts, passwords and sessions."""

from watchstore.domain.identifiers import AddressId, UserId
from watchstore.service_layer import (
    accounts,
    commands,
    exporting,
    keeping,
    leaving,
    passwords,
    signing_in,
)
from watchstore.service_layer.departments.department import Department
from watchstore.service_layer.given import Guarding
from watchstore.service_layer.signing_in import NewSession


class Reception(Department):
    def register(self, command: commands.RegisterAccount) -> None:
        accounts.register(
            command, **self._creating, **self._guarding, common=self.ports.common_passwords
        )

    def create_staff(self, command: commands.CreateStaff) -> UserId:
        return accounts.create_staff(
            command, **self._creating, hasher=self.ports.hasher, common=self.ports.common_passwords
        )

    def verify_email(self, command: commands.VerifyEmail) -> None:
        accounts.verify_email(command, **self._timed, limiter=self.ports.limiter)

    def request_verification(self, command: commands.RequestVerification) -> None:
        accounts.request_verification(
            command, begin=self.begin, entropy=self.ports.entropy, limiter=self.ports.limiter
        )

    def request_password_reset(self, command: commands.RequestPasswordReset) -> None:
        passwords.request_password_reset(
            command, begin=self.begin, entropy=self.ports.entropy, limiter=self.ports.limiter
        )

    def reset_password(self, command: commands.ResetPassword) -> None:
        passwords.reset_password(
            command,
            **self._timed,
            **self._guarding,
            sessions=self.ports.sessions,
            common=self.ports.common_passwords,
        )

    def change_password(self, command: commands.ChangePassword) -> None:
        passwords.change_password(
            command,
            begin=self.begin,
            **self._guarding,
            sessions=self.ports.sessions,
            common=self.ports.common_passwords,
        )

    def revise_account(self, command: commands.ReviseAccount) -> None:
        accounts.revise_account(command, begin=self.begin)

    def sign_in(self, command: commands.SignIn) -> NewSession:
        return signing_in.sign_in(
            command,
            **self._creating,
            **self._guarding,
            sessions=self.ports.sessions,
            lasting=self.ports.session_life,
        )

    def end_sessions(self, command: commands.EndSessions) -> int:
        return signing_in.end_sessions(command, begin=self.begin, sessions=self.ports.sessions)

    def keep_address(self, command: commands.KeepAddress) -> AddressId:
        return keeping.keep_address(command, begin=self.begin, entropy=self.ports.entropy)

    def change_address(self, command: commands.ChangeAddress) -> None:
        keeping.change_address(command, begin=self.begin)

    def remove_address(self, command: commands.RemoveAddress) -> None:
        keeping.remove_address(command, begin=self.begin)

    def add_wishes(self, command: commands.AddWishes) -> None:
        keeping.add_wishes(command, begin=self.begin)

    def remove_wish(self, command: commands.RemoveWish) -> None:
        keeping.remove_wish(command, begin=self.begin)

    def export_account(self, user_id: UserId) -> exporting.AccountExport:
        return exporting.export_account(
            user_id,
            accounts=self.accounts,
            carts=self.carts,
            orders=self.orders,
            limiter=self.ports.limiter,
        )

    def erase_account(self, command: commands.EraseAccount) -> None:
        leaving.erase_account(
            command, **self._timed, **self._guarding, sessions=self.ports.sessions
        )

    @property
    def _guarding(self) -> Guarding:
        return {"hasher": self.ports.hasher, "limiter": self.ports.limiter}
