"""What every page shares: permission of views, form fields and their widgets, filters,
pagination, navigation, headers and error pages."""
