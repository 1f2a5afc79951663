"""What runs on PostgreSQL only is not collected elsewhere."""

import os

collect_ignore = [] if os.environ.get("XIAOER_DATABASE_URL", "").startswith("postgres") else ["test_web_role.py"]
