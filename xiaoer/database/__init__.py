"""How the platform talks to its database: PostgreSQL's connections, and questions that are put into SQL only once."""
