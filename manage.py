#!/usr/bin/env python
import os
import sys

from django.core.management import execute_from_command_line

from asn_eval.history.context import commanding

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "asn_eval.settings")
    with commanding(sys.argv):
        execute_from_command_line(sys.argv)
