"""question -> hits -> Answer with citations -> JSON, chat page, widget, console."""
