"""Programmes as BKPSDM looks for them."""

from django.db.models import Q, QuerySet

from training.models import Programme


def matching(programmes: QuerySet[Programme], *, words: str = "") -> QuerySet[Programme]:
    """Narrowed by words of title or provider; a whole code fits too."""
    for word in words.split():
        programmes = programmes.filter(
            Q(title__icontains=word) | Q(code__iexact=word) | Q(provider__name__icontains=word)
        )
    return programmes
