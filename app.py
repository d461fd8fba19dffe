"""Open the chat at http://127.0.0.1:7860: settings → assistant → page."""

import sys

from assistant.errors import AssistantError
from assistant.pipeline import open_assistant
from assistant.settings import load_settings
from assistant.web.progress import progress_bar
from assistant.web.server import serve

if __name__ == "__main__":
    try:
        serve(open_assistant(load_settings(), progress_bar()))
    except AssistantError as fault:
        sys.stderr.write(f"{fault}\n")
        sys.exit(2)
