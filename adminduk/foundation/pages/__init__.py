"""Pages: templates, words in two languages, access, statics. Knows nothing of the domain."""

from adminduk.foundation.pages.rendering import redirect_after_post, render
from adminduk.foundation.pages.words import t

__all__ = ["redirect_after_post", "render", "t"]
