"""The strings of the interface, by name.

Placeholders are `{name}`, filled by `str.format` on the server and by `format` in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Messages:
    """Every string of the interface. `errors` has one line for each error code of `errors.py`."""

    language_name: str
    language_switch: str
    skip: str
    tagline: str
    home: str
    publications: str
    ask_title: str
    ask_lead: str
    question_label: str
    question_placeholder: str
    question_hint: str
    follow_up_label: str
    follow_up_placeholder: str
    ask: str
    stop: str
    retry: str
    start_over: str
    suggestions: str
    searching: str
    choosing: str
    working: str
    stopped: str
    announce_answered: str
    announce_not_found: str
    not_found: str
    not_found_lead: str
    not_found_alone: str
    notes: str
    note: str
    note_of_passage: str
    supra: str
    ibid: str
    resolved: str
    read_in_place: str
    go_to_note: str
    back_to_text: str
    close: str
    contents: str
    untitled: str
    ask_about_publication: str
    ask_about_section: str
    asking_about: str
    ask_everything: str
    as_json: str
    cite: str
    cite_note: str
    cite_publication: str
    cite_answer: str
    copy: str
    copied: str
    style_copied: str
    copy_by_hand: str
    answer_copied: str
    download: str
    link: str
    link_holds: str
    link_too_long: str
    this_answer: str
    helpful: str
    not_helpful: str
    feedback_word: str
    send: str
    thanks: str
    feedback_failed: str
    retry_in: str
    promise: str
    promise_stored: str
    own_site: str
    request_id: str
    error_title: str
    errors: Mapping[str, str]
