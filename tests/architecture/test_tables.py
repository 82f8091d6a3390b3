"""What imports do not show about tables: whom they point to, and that nobody reaches them behind the module's back."""

from __future__ import annotations

import ast

import pytest
from django.apps import apps
from django.db import models

from tests.architecture.tree import product_trees

MODELS = [model for model in apps.get_models() if model.__module__.startswith("adminduk.")]
LINKS = [
    field
    for model in MODELS
    for field in model._meta.get_fields()
    if isinstance(field, models.ForeignKey) and field.model is model
]
ACROSS = [field for field in LINKS if field.remote_field.model._meta.app_label != field.model._meta.app_label]


def _ids(field: models.Field[object, object]) -> str:
    return f"{field.model._meta.label}.{field.name}"


def test_the_models_were_found() -> None:
    assert {model._meta.app_label for model in MODELS} >= {"applications", "documents", "accounts", "audit"}
    assert LINKS and ACROSS


@pytest.mark.parametrize("field", LINKS, ids=_ids)
def test_a_link_never_deletes_and_opens_no_way_back(field: models.ForeignKey[object, object]) -> None:
    assert field.remote_field.on_delete is models.PROTECT
    assert field.remote_field.related_name == "+"


def test_links_across_modules_name_their_target() -> None:
    """By string: an import would make the modules know each other."""
    targets = {
        (name.split("/")[2], str(node.args[0].value).split(".")[0])
        for name, tree in product_trees()
        if name.endswith("/models.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith(("ForeignKey", "OneToOneField"))
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    for field in ACROSS:
        assert (field.model._meta.app_label, field.remote_field.model._meta.app_label) in targets


def test_there_are_no_hidden_tables() -> None:
    many = [
        field for model in MODELS for field in model._meta.get_fields() if isinstance(field, models.ManyToManyField)
    ]
    assert not many, "write the table between two tables as a model with constraints"


def test_nobody_fetches_a_model_by_its_name() -> None:
    """apps.get_model is for migrations; elsewhere it would walk around the import contracts."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in product_trees()
        if "/migrations/" not in name
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in {"get_model", "get_models"}
    ]
    assert not found


def test_signals_are_received_in_foundation_only() -> None:
    found = [
        f"{name}:{node.lineno}"
        for name, tree in product_trees()
        if not name.startswith(("adminduk/foundation/", "sandbox/", "adminduk/gateways/rewriter/"))
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").startswith(("django.dispatch", "django.db.models.signals"))
        )
        or (
            isinstance(node, ast.Attribute)
            and node.attr in {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
        )
    ]
    assert not found, "what follows from an act stands in its use case, readable downwards"
