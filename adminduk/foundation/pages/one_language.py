"""Templates compiled once per language: where t() has nothing to fill in, the chosen words are part of the page."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.runtime import Context
from jinja2.visitor import NodeTransformer


class _Compiled(Template):
    """Macros see no context and no globals of one template, so that a file of them is opened once."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module()


class OneLanguage(Environment):
    """An environment for pages in `language`."""

    template_class = _Compiled

    def __init__(self, language: str, **options: Any) -> None:
        self.language = language
        super().__init__(**options)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Choosing(self.language).visit(super()._parse(source, name, filename))
        return tree


class _Choosing(NodeTransformer):
    """Puts the words of one language in the place of t("…", "…")."""

    def __init__(self, language: str) -> None:
        self._place = ("id", "en").index(language)

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the name tells Jinja what it visits
        self.generic_visit(node)
        is_plain = isinstance(node.node, nodes.Name) and node.node.name == "t" and not node.kwargs
        texts = [argument for argument in node.args if isinstance(argument, nodes.Const)]
        if not is_plain or len(texts) != 2 or len(node.args) != 2:
            return node
        return nodes.MarkSafe(texts[self._place], lineno=node.lineno)
