"""What a public site needs around the pages: headers, logs without what learners typed, memory, and a queue."""
