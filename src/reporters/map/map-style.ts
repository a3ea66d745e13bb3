/** The page's own style: the reader's colours for light and dark, and no font or image from elsewhere. */
export const mapStyle = `
:root { color-scheme: light dark; --line: #8884; --finding: #c62828; --approved: #2e7d32; --unruled: #777; }
@media (prefers-color-scheme: dark) { :root { --finding: #ff8a80; --approved: #a5d6a7; --unruled: #aaa; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
h1 { margin-bottom: 0; }
h2 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .7rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; }
th[scope=rowgroup] { white-space: nowrap; }
.overview { display: block; overflow-x: auto; width: auto; }
.overview td { text-align: center; }
.overview th code { font-weight: 400; opacity: .6; }
code { font: .9em ui-monospace, monospace; }
.where { opacity: .7; font: .85em ui-monospace, monospace; }
.mark { border: 1px solid currentColor; border-radius: 1em; padding: 0 .6em; white-space: nowrap; }
.mark.finding { color: var(--finding); font-weight: 600; }
.mark.approved { color: var(--approved); }
.mark.unruled { color: var(--unruled); }
@media print { body { max-width: none; } }
`;
