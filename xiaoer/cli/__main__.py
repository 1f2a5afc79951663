"""python -m xiaoer.cli"""

import sys

from xiaoer.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
