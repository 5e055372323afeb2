"""What the templates of this room say of days."""

from collections.abc import Iterable

from django import template
from django.utils.dates import WEEKDAYS
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag
def weekdays(numbers: Iterable[int]) -> str:
    """Weekdays by name: "Monday and Friday", or "Every day" for none."""
    names = [str(WEEKDAYS[number]) for number in numbers]
    return get_text_list(names, _("and")) if names else _("Every day")
