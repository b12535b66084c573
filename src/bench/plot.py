"""A picture of the results, as SVG: for each row the median of everybody, and a line from the least to the most."""

import statistics
from xml.sax.saxutils import escape

WIDTH, LEFT, BAR, GAP = 860, 250, 16, 14
COLOURS = {"wherry": "#1769aa", "sftp": "#9aa0a6", "rclone": "#c9a227"}


def svg(results):
    shapes, y = [], GAP
    for result in results:
        runs = result["runs"]
        most = max(max(values) for values in runs.values()) or 1
        scale = (WIDTH - LEFT - 130) / most
        shapes.append(f'<text x="{LEFT - 10}" y="{y + 12}" text-anchor="end">{escape(result["work"])}</text>')
        for name, values in runs.items():
            middle = statistics.median(values)
            colour = COLOURS.get(name, "#666")
            shapes.append(f'<rect x="{LEFT}" y="{y}" width="{middle * scale:.1f}" height="{BAR}" fill="{colour}"/>')
            low, high = LEFT + min(values) * scale, LEFT + max(values) * scale
            shapes.append(f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y + 8}" y2="{y + 8}" stroke="#000"/>')
            label = f"{name} {middle:,.3g} {result['unit']}"
            shapes.append(f'<text x="{high + 6:.1f}" y="{y + 12}" fill="#333">{escape(label)}</text>')
            y += BAR + 2
        y += GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" font-family="sans-serif" font-size="12">'
    return head + f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>' + "".join(shapes) + "</svg>\n"
