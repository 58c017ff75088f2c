"""Refuses a migration that the running release can't live with, or has to wait for.

PostgreSQL's own parser reads the statements. What is not known to be harmless is refused.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

import pglast
from pglast import ast
from pglast.enums import AlterTableType as Alter
from pglast.enums import ConstrType, ObjectType
from tests.migrating.capturing import Revision, Said

# Everything before the first release: nobody runs it, so nobody has to live with the rest.
BASELINE: Final = "0011"

Rule = Callable[[Any, "_Scope"], Iterator[str]]


class _Scope:
    """What there was before the revision, and how this statement is run."""

    def __init__(self, revision: Revision) -> None:
        self.new: set[str] = set()
        self.renewed: set[str] = set()
        self.locked: set[str] = set()
        self.transactional = True
        for _, statement in _parsed(revision):
            if isinstance(statement, ast.CreateStmt):
                self.new.add(statement.relation.relname)

    def old(self, relation: Any) -> bool:
        return relation.relname not in self.new


def faults(revision: Revision) -> list[str]:
    """Why the running release can't live with this revision; none when it says it need not."""
    if revision.contract is not None:
        return [] if _reasoned(revision.contract) else ["CONTRACT: say why nobody needs it"]
    scope = _Scope(revision)
    found = [*_mixed(revision)]
    for said, statement in _parsed(revision):
        scope.transactional = said.transactional
        rule = _RULES.get(type(statement))
        if rule is None:
            found.append(f"{type(statement).__name__}: not known to be harmless")
        else:
            found += rule(statement, scope)
    return found


def _parsed(revision: Revision) -> Iterator[tuple[Said, Any]]:
    for said in revision.said:
        for raw in pglast.parse_sql(said.statement):
            yield said, raw.stmt


def _reasoned(contract: object) -> bool:
    return isinstance(contract, str) and len(contract.split()) >= 3


def _mixed(revision: Revision) -> Iterator[str]:
    """What is outside a transaction may be run twice; what comes before it was not meant to."""
    if len({said.transactional for said in revision.said}) > 1:
        yield "in a transaction and outside one: make two revisions of it"


def _harmless(_statement: Any, _scope: _Scope) -> Iterator[str]:
    yield from ()


def _drop(statement: Any, scope: _Scope) -> Iterator[str]:
    kind = ObjectType(statement.removeType)
    if kind is ObjectType.OBJECT_INDEX:
        if not statement.concurrent:
            yield "DROP INDEX without CONCURRENTLY makes everybody wait"
        return
    yield f"DROP {kind.name.removeprefix('OBJECT_')}: the running release counts on it"


def _rename(statement: Any, _scope: _Scope) -> Iterator[str]:
    if ObjectType(statement.renameType) is not ObjectType.OBJECT_INDEX:
        yield "RENAME: the running release knows the old name"


def _index(statement: Any, scope: _Scope) -> Iterator[str]:
    if scope.old(statement.relation) and not statement.concurrent:
        yield "CREATE INDEX without CONCURRENTLY stops writes"


def _change(statement: Any, scope: _Scope) -> Iterator[str]:
    if scope.old(statement.relation) and scope.transactional:
        yield "rows of a table that is in use are changed IN BATCHES, or they stay locked"


def _alter(statement: Any, scope: _Scope) -> Iterator[str]:
    if ObjectType(statement.objtype) is ObjectType.OBJECT_TABLE and scope.old(statement.relation):
        replaced = {each.def_.conname for each in statement.cmds if _not_valid(each)}
        for each in statement.cmds:
            if not (_drops_constraint(each) and each.name in replaced):
                yield from _alteration(each, scope, statement.relation.relname)


def _not_valid(command: Any) -> bool:
    return Alter(command.subtype) is Alter.AT_AddConstraint and command.def_.skip_validation


def _drops_constraint(command: Any) -> bool:
    return Alter(command.subtype) is Alter.AT_DropConstraint


def _alteration(command: Any, scope: _Scope, table: str) -> Iterator[str]:
    kind = Alter(command.subtype)
    if kind is Alter.AT_AddColumn:
        yield from _column(command.def_)
    elif kind is Alter.AT_AddConstraint:
        yield from _constraint(command.def_)
    elif kind is Alter.AT_ColumnDefault and command.def_ is None:
        yield "DROP DEFAULT: the running release leaves the column out"
    elif kind is Alter.AT_ValidateConstraint:
        if table in scope.locked:
            yield "VALIDATE in the transaction that has the table locked: make two revisions"
        return
    elif kind not in {Alter.AT_ColumnDefault, Alter.AT_DropNotNull, Alter.AT_SetStatistics}:
        yield f"ALTER TABLE {kind.name.removeprefix('AT_')}: {_WHY.get(kind, 'not known')}"
    scope.locked.add(table)


_WHY: Final = {
    Alter.AT_DropColumn: "the running release reads and writes it",
    Alter.AT_AlterColumnType: "rewrites the table, and the running release knows the old type",
    Alter.AT_SetNotNull: "reads the whole table, and the running release may leave it empty",
    Alter.AT_DropConstraint: "the running release counts on it",
}


def _column(column: Any) -> Iterator[str]:
    kinds = {ConstrType(each.contype): each for each in column.constraints or ()}
    default = kinds.pop(ConstrType.CONSTR_DEFAULT, None)
    required = kinds.pop(ConstrType.CONSTR_NOTNULL, None)
    kinds.pop(ConstrType.CONSTR_NULL, None)
    if required is not None and default is None:
        yield f"ADD COLUMN {column.colname} NOT NULL without DEFAULT: nobody writes it yet"
    if default is not None and _volatile(default.raw_expr):
        yield f"ADD COLUMN {column.colname}: a DEFAULT of each row's own rewrites the table"
    for kind in kinds:
        name = kind.name.removeprefix("CONSTR_")
        yield f"ADD COLUMN {column.colname}: {name} beside it reads the table while it is locked"


def _volatile(expression: Any) -> bool:
    if isinstance(expression, ast.TypeCast):
        return _volatile(expression.arg)
    steady = isinstance(expression, (ast.A_Const, ast.A_ArrayExpr, ast.SQLValueFunction))
    now = isinstance(expression, ast.FuncCall) and expression.funcname[-1].sval == "now"
    return not (steady or now)


def _constraint(constraint: Any) -> Iterator[str]:
    kind = ConstrType(constraint.contype)
    name = f"{kind.name.removeprefix('CONSTR_')} {constraint.conname}"
    if kind in {ConstrType.CONSTR_CHECK, ConstrType.CONSTR_FOREIGN, ConstrType.CONSTR_NOTNULL}:
        if not constraint.skip_validation:
            yield f"{name} without NOT VALID reads the table while it is locked"
    elif constraint.indexname is None:
        yield f"{name} without USING INDEX builds one while the table is locked"


_RULES: Final[dict[type, Rule]] = {
    ast.AlterEnumStmt: _harmless,
    ast.AlterTableStmt: _alter,
    ast.CommentStmt: _harmless,
    ast.CreateEnumStmt: _harmless,
    ast.CreateFunctionStmt: _harmless,
    ast.CreateSeqStmt: _harmless,
    ast.CreateStmt: _harmless,
    ast.CreateTrigStmt: _harmless,
    ast.DeleteStmt: _change,
    ast.DropStmt: _drop,
    ast.IndexStmt: _index,
    ast.InsertStmt: _harmless,
    ast.RenameStmt: _rename,
    ast.SelectStmt: _harmless,
    ast.UpdateStmt: _change,
    ast.ViewStmt: _harmless,
}
