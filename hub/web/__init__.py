"""Routes that declare their audience, rendering, forms, headers and static assets."""
