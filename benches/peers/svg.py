"""A small log-log picture of growth. The same figures give the same bytes.

The card has a background of its own, and turns dark with the reader's page.
"""
import math
from html import escape

WIDTH, HEIGHT = 340, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 16, 62, 38
STYLE = '''
  .card { fill: #ffffff; stroke: #d0d7de }
  text { font: 11px system-ui, sans-serif; fill: #1f2328 }
  .title { font-size: 13px; font-weight: 600 }
  .grid { stroke: #d8dee4 }
  .l0 { stroke: #0550ae } .l1 { stroke: #bc4c00 } .l2 { stroke: #6e7781 }
  .d0 { fill: #0550ae } .d1 { fill: #bc4c00 } .d2 { fill: #6e7781 }
  path { fill: none; stroke-width: 2 }
  .l1 { stroke-dasharray: 6 3 } .l2 { stroke-dasharray: 2 3 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #161b22; stroke: #3d444d }
    text { fill: #e6edf3 }
    .grid { stroke: #30363d }
    .l0 { stroke: #79c0ff } .l1 { stroke: #ffa657 } .l2 { stroke: #b1bac4 }
    .d0 { fill: #79c0ff } .d1 { fill: #ffa657 } .d2 { fill: #b1bac4 }
  }
'''


def plain(n):
    return f'{n:,}'


def seconds(value):
    """A time with its unit: three digits at most, or whole seconds."""
    for unit, factor in (('s', 1), ('ms', 1e3), ('µs', 1e6)):
        if value * factor >= 0.9995 or unit == 'µs':
            scaled = value * factor
            digits = 2 if scaled < 9.995 else 1 if scaled < 99.95 else 0
            return f'{scaled:,.{digits}f} {unit}'
    raise AssertionError


def power(exponent):
    """A power of ten of a second, as a label."""
    if exponent >= 0:
        return f'{10 ** exponent} s'
    unit, up = ('ms', 3) if exponent >= -3 else ('µs', 6)
    return f'{10 ** (exponent + up):g} {unit}'


def growth(title, unit, lines):
    """`lines`: (name, [(size, seconds), ...]), at most three of them."""
    sizes = sorted({size for _, points in lines for size, _ in points})
    times = [time for _, points in lines for _, time in points]
    low = math.floor(math.log10(min(times)))
    high = max(math.ceil(math.log10(max(times))), low + 1)
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])

    def x(size):
        return LEFT + (WIDTH - LEFT - RIGHT) * (math.log10(size) - first) / ((last - first) or 1)

    def y(time):
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (math.log10(time) - low) / (high - low)

    about = '; '.join(f'{name}: ' + ', '.join(f'{seconds(t)} at {plain(s)}' for s, t in points) for name, points in lines)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">',
        f'<title>{escape(title)}</title>', f'<desc>{escape(about)}</desc>', f'<style>{STYLE}</style>',
        f'<rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{HEIGHT - 1}" rx="6"/>',
        f'<text class="title" x="12" y="20">{escape(title)}</text>',
    ]
    at = 12
    for i, (name, _) in enumerate(lines):
        out.append(f'<path class="l{i}" d="M{at} 38h20"/><text x="{at + 25}" y="42">{escape(name)}</text>')
        at += 25 + 6 * len(name) + 16
    for exponent in range(low, high + 1):
        level = y(10.0 ** exponent)
        out.append(f'<path class="grid" style="stroke-width:1" d="M{LEFT} {level:.1f}H{WIDTH - RIGHT}"/>')
        out.append(f'<text x="{LEFT - 6}" y="{level + 4:.1f}" text-anchor="end">{power(exponent)}</text>')
    for size in sizes:
        anchor = 'end' if size == sizes[-1] else 'start' if size == sizes[0] else 'middle'
        out.append(f'<text x="{x(size):.1f}" y="{HEIGHT - BOTTOM + 15}" text-anchor="{anchor}">{plain(size)}</text>')
    out.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.1f}" y="{HEIGHT - 8}" text-anchor="middle">{escape(unit)}</text>')
    for i, (_, points) in reversed(list(enumerate(lines))):
        out.append(f'<path class="l{i}" d="M' + 'L'.join(f'{x(s):.1f} {y(t):.1f}' for s, t in points) + '"/>')
        out += [f'<circle class="d{i}" cx="{x(s):.1f}" cy="{y(t):.1f}" r="3"/>' for s, t in points]
    return '\n'.join(out + ['</svg>', ''])
