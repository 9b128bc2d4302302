"""Offline: what a saved copy of a module holds, the service worker that answers from it, and the page that lists it.

`manifest` makes the list, `words` what is said about saving, `shell` the few pages that the service worker itself
needs, `views` sends them. The rest happens on the phone: static/js/sw.js, static/js/offline.js, static/js/offline/.
"""
