"""No outside system is called while a transaction is open: a slow server must not hold locks and connections.

Two looks: the code, for calls that stand inside a transaction; and, while tests run, `tests/outside_guard.py`.
"""

from __future__ import annotations

import ast

import pytest
from django.db import transaction

from adminduk.usecases import outside
from tests.architecture.tree import called, product_trees
from tests.outside_guard import OutsideInsideTransaction

PORTS = frozenset({"register", "mail", "sms", "storage", "rewriter", "reader"})
OPENERS = ("acting_as", "atomic", "tenancy.acting_as", "transaction.atomic")


def _calls_outside(node: ast.AST) -> bool:
    name = called(node)
    return name.startswith("outside.") and name.split(".")[1] in PORTS


def _blocks(tree: ast.Module) -> list[ast.AST]:
    """What runs inside a transaction: bodies of `with acting_as(…)`, and functions handed to `once(…)`."""
    inside: list[ast.AST] = []
    acts: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.With) and any(called(item.context_expr) in OPENERS for item in node.items):
            inside += node.body
        if isinstance(node, ast.Call) and called(node) in {"once", "idempotency.once"} and node.args:
            act = node.args[-1]
            if isinstance(act, ast.Name):
                acts.add(act.id)
            else:
                inside.append(act)
    inside += [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name in acts]
    return inside


def test_no_use_case_reaches_outside_within_a_transaction() -> None:
    reaching = {
        f"{name}:{node.lineno}"
        for name, tree in product_trees()
        if name.startswith("adminduk/usecases/")
        for block in _blocks(tree)
        for node in ast.walk(block)
        if isinstance(node, ast.Call) and _calls_outside(node)
    }
    assert not reaching


def test_the_look_at_code_sees_a_wrong_one() -> None:
    wrong = ast.parse("def do():\n    with tenancy.acting_as(actor):\n        outside.register().find(nik)\n")
    assert any(_calls_outside(node) for block in _blocks(wrong) for node in ast.walk(block))


@pytest.mark.usefixtures("database")
def test_the_guard_refuses_a_call_within_a_transaction() -> None:
    with transaction.atomic(), pytest.raises(OutsideInsideTransaction):
        outside.storage().get("aa/bb/none")
