"""What pages share: the lesson list, the sidebar, frames, charts and words. No pages here."""
