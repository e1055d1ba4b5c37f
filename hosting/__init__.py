"""What a public site needs around the pages: headers, places, a queue, figures, memory, logs without what was typed."""
