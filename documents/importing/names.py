"""An authority file, in YAML, into the archive. An entry is known by its address, or by its kind and label.

What the file says of a name replaces what an earlier file said; a name that an admin changed since is left alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from documents import authority
from documents.importing.names_file import NameEntry, read_names
from documents.importing.report import Failure, ImportReport, Problem
from documents.models import FormerSlug, Name, NameForm

EDITED = "This name was edited in the archive since its last import, so it was left alone. Make the change in admin."


def import_names(path: Path, *, is_dry_run: bool = False) -> ImportReport:
    """Create and update the names of this file in one transaction; those that it does not have are left alone.

    is_dry_run: write nothing. Texts that a change concerns wait to be rendered again. Raises PackageError where the
    file cannot be read; then nothing was imported.
    """
    entries = read_names(path)
    run = _Run()
    with transaction.atomic():
        with authority.gathered():
            for entry in entries:
                run.take(entry)
            run.relate()
        transaction.set_rollback(is_dry_run)
    return ImportReport(
        tuple(run.created), tuple(run.updated), len(run.unchanged), tuple(run.conflicts), tuple(run.failures)
    )


@dataclass(slots=True)
class _Run:
    """One import: what was found so far. Names are told by their slugs in the file."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    conflicts: list[Problem] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    _taken: list[tuple[NameEntry, Name]] = field(default_factory=list)

    def take(self, entry: NameEntry) -> None:
        """Write the name and its forms, or say why not."""
        name = _present(entry)
        if name and _is_edited(name):
            self.conflicts.append(Problem(entry.slug, EDITED))
            return
        try:
            with transaction.atomic():
                before = name.digest() if name else ""
                name = _write(entry, name)
        except ValidationError as error:
            self.failures.append(Failure(entry.slug, tuple(Problem(entry.slug, said) for said in error.messages)))
        else:
            outcome = self.created if not before else self.unchanged if before == name.digest() else self.updated
            outcome.append(entry.slug)
            self._taken.append((entry, name))

    def relate(self) -> None:
        """Once all names are there. A name is related from both sides, so all are sealed at the end."""
        by_slug = {entry.slug: name for entry, name in self._taken}
        others = [slug for entry, _ in self._taken for slug in entry.related if slug not in by_slug]
        elsewhere = {name.slug: name for name in Name.objects.current().filter(slug__in=others)}
        unedited = [name for name in elsewhere.values() if name.imported_digest == name.digest()]
        for entry, name in self._taken:
            self._relate(entry, name, elsewhere | by_slug)
        for name in (*by_slug.values(), *unedited):
            Name.objects.filter(pk=name.pk).update(imported_digest=name.digest())

    def _relate(self, entry: NameEntry, name: Name, names: dict[str, Name]) -> None:
        for slug in entry.related:
            if slug not in names:
                sentence = f"The related name “{slug}” is neither here nor in the archive. Add it or take it out."
                self.failures.append(Failure(entry.slug, (Problem(entry.slug, sentence),)))
        wanted = {names[slug] for slug in entry.related if slug in names}
        missing = wanted - set(name.related.all())
        name.related.add(*missing)
        if missing and entry.slug in self.unchanged:
            self.unchanged.remove(entry.slug)
            self.updated.append(entry.slug)


def _present(entry: NameEntry) -> Name | None:
    former = FormerSlug.record_id_for(Name, entry.slug) or 0  # which no record has
    return (
        Name.objects.filter(Q(slug=entry.slug) | Q(pk=former)).first()
        or Name.objects.filter(kind=entry.kind, label=entry.label).first()
    )


def _is_edited(name: Name) -> bool:
    """A name without a digest was made for an issuing body; until someone adds to it, it is nobody's work."""
    if name.imported_digest:
        return name.imported_digest != name.digest()
    return bool(name.merged_into_id or name.note or name.forms.exists() or name.related.exists())


def _write(entry: NameEntry, present: Name | None) -> Name:
    """Raises ValidationError where the archive refuses the name or one of its forms."""
    name = present or Name(slug=entry.slug)
    name.kind, name.label, name.note, name.is_linked = entry.kind, entry.label, entry.note, entry.is_linked
    name.full_clean()
    name.refuse_label_of_another()
    name.save()
    held = {form.text: form for form in name.forms.all()}
    for text in held.keys() - {form.text for form in entry.forms}:
        held[text].delete()
    for form in entry.forms:
        row = held.get(form.text) or NameForm(name=name, text=form.text)
        row.evidence, row.source = form.evidence, form.source
        row.full_clean()
        row.save()
    return name
