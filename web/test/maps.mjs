// Small maps that are made for the tests.

/** A map of one pathway; `text` changes each text of it. */
export function smallMap({ title = 'A small map', text = (words) => words } = {}) {
  const shared = [
    ['K1', 'knowledge', 'Health and safety law and safe working practices in the workplace'],
    ['K2', 'knowledge', 'How to keep records and personal data secure'],
    ['S1', 'skill', 'Communicate clearly with customers and colleagues'],
    ['S2', 'skill', 'Plan and organise own work to meet deadlines'],
  ];
  const own = [
    ['Glass cutter', 'Cut flat glass to size with hand tools', 'Properties of flat glass'],
    ['Glass engraver', 'Engrave patterns on glass with a wheel', 'History of engraved glass'],
    ['Glass painter', 'Paint and fire enamel colours on glass', 'Colour theory for enamel'],
  ];
  const occupations = own.map(([name, skill, knowledge], index) => ({
    id: `G${index + 1}`,
    title: text(name),
    level: 3,
    status: 'approved',
    statements: [
      ...shared.slice(0, index === 2 ? 3 : 4).map(([id, kind, words]) => ({ id, kind, text: text(words) })),
      { id: 'K8', kind: 'knowledge', text: text(knowledge) },
      { id: 'S8', kind: 'skill', text: text(skill) },
    ],
  }));
  return {
    format: 'tlevel-map',
    version: 1,
    title: text(title),
    routes: [
      {
        id: 'craft',
        name: text('Craft'),
        pathways: [
          {
            id: 'craft/glass',
            name: text('Glass'),
            clusters: [{ id: 'craft/glass/glassmaker', name: text('Glassmaker'), occupations }],
          },
        ],
      },
    ],
  };
}

export const HOSTILE = '<img src=x onerror="window.hurt=1"><script>window.hurt=2</script>';

export const file = (map, name = 'small.json') => ({
  name,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify(map)),
});
