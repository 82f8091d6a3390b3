"""Every topic that is put into the outbox has a consumer, and no consumer waits for a topic that nobody sends."""

from __future__ import annotations

import ast

from adminduk.foundation import jobs
from tests.architecture.tree import called, product_trees

CONSTANTS = {
    (name, target.id): node.value.value
    for name, tree in product_trees()
    for node in tree.body
    if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
    for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    if isinstance(target, ast.Name) and isinstance(node.value.value, str)
}


def _topics_of(node: ast.expr, file: str) -> set[str]:
    """The topics that an expression may stand for: a text, or a constant of this file or of an imported one."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    here = {value for (place, constant), value in CONSTANTS.items() if constant == name and place == file}
    return here or {value for (_, constant), value in CONSTANTS.items() if constant == name}


def _sent() -> dict[str, set[str]]:
    sent: dict[str, set[str]] = {}
    for name, tree in product_trees():
        if name == "adminduk/foundation/jobs.py":
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == "jobs.enqueue":
                topics = _topics_of(node.args[0], name)
                assert topics, f"{name}:{node.lineno} sends a topic that cannot be read from the code"
                for topic in topics:
                    sent.setdefault(topic, set()).add(f"{name}:{node.lineno}")
    return sent


def test_every_topic_has_a_consumer() -> None:
    sent = _sent()
    assert sent
    assert {topic: places for topic, places in sent.items() if topic not in jobs.registry} == {}


def test_every_consumer_is_called() -> None:
    sent = _sent()
    idle = [job.name for job in jobs.registry.values() if job.every_minutes is None and job.name not in sent]
    assert not [name for name in idle if not name.startswith("test.")]


def test_jobs_carry_ids_only() -> None:
    """Names of what a job carries end in _id, or are plain switches: never a name, number or address of a person."""
    carried = {
        f"{name}:{node.lineno} {keyword.arg}"
        for name, tree in product_trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) == "jobs.enqueue"
        for keyword in node.keywords
        if keyword.arg not in {"region", "at", "once"} and not (keyword.arg or "").endswith("_id")
    }
    assert not carried


def test_a_job_lets_nobody_wait_for_one_who_fails() -> None:
    """Several transactions in a row are `jobs.each_alone`: in a loop the first that fails would end it."""
    loops = {
        f"{name}:{loop.lineno}"
        for name, tree in product_trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and any("jobs.job(" in ast.unparse(d) for d in function.decorator_list)
        for loop in ast.walk(function)
        if isinstance(loop, ast.For) and "acting_as(" in ast.unparse(loop)
    }
    assert not loops
