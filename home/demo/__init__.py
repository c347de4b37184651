"""What a new site shows: facts with their sources, and examples that say so and can be taken away again."""
