"""The HTML pages: labs, course and error page, with templates, forms and static files."""
