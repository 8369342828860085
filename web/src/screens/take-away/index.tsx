// Take away: documents, pictures, tables, the decisions, and a summary to print.

import { download, fileName, toPng } from '../../parts/download';
import { many, ScreenHead } from '../../parts/parts';
import { PathwayChooser } from '../../parts/pathway-chooser';
import type { Format } from '../../engine/contract';
import { attempt, current } from '../../state/running';
import { chosen, notice, opened, overview } from '../../state/session';
import { DecisionFiles } from './decisions';
import { Summary } from './summary';

const WORDS: Partial<Record<Format, string>> = { docx: 'Word', xlsx: 'Excel', html: 'Web page', svg: 'SVG', png: 'PNG', csv: 'CSV' };

type Write = (format: Format) => Promise<Uint8Array>;

function Files(props: { title: string; text: string; name: string; formats: readonly Format[]; write: Write; disabled?: boolean }) {
  const save = (format: Format) =>
    attempt(`Writing ${props.title.toLowerCase()}`, async () => {
      const name = `${props.name}.${format}`;
      download(name, await props.write(format));
      notice.value = `${name} was saved to your downloads.`;
    });
  return (
    <section class="card stack tight" aria-label={props.title}>
      <h2 class="file-title">{props.title}</h2>
      <p class="muted small">{props.text}</p>
      <div class="row">
        {props.formats.map((format) => (
          <button
            key={format}
            class="button"
            type="button"
            disabled={props.disabled}
            aria-label={`${WORDS[format]}: ${props.title}`}
            onClick={() => void save(format)}
          >
            {WORDS[format]}
          </button>
        ))}
      </div>
    </section>
  );
}

export function TakeAwayScreen() {
  const pathway = chosen.value;
  const id = pathway?.pathway.id ?? '';
  const name = fileName(pathway?.pathway.name ?? 'pathway');
  const map = fileName(opened.value?.info.title ?? 'map');
  const none = !pathway?.pathway.programme;
  const picture =
    (what: string, of: string): Write =>
    async (format) => {
      const file = await current().call<Uint8Array>('picture', what, of, format === 'png' ? 'svg' : format);
      return format === 'png' ? toPng(file) : file;
    };
  return (
    <div class="stack">
      <ScreenHead title="Take away">Everything is made on this computer, with your decisions and the shares that you set.</ScreenHead>
      <div class="row no-print">
        <div class="grow">
          <PathwayChooser />
        </div>
      </div>
      <div class="files no-print">
        <Files
          title="Draft specification"
          text={none ? 'This pathway has no programme to specify.' : 'Core, specialisms, sources and near misses, to edit with your panel.'}
          name={`${name}-specification`}
          formats={['docx', 'xlsx', 'html']}
          write={(format) => current().call<Uint8Array>('spec', id, format)}
          disabled={none}
        />
        <Files
          title="Topics by occupations"
          text="The matrix of this pathway: who has what."
          name={`${name}-matrix`}
          formats={['svg', 'png', 'csv']}
          write={picture('matrix', id)}
          disabled={none}
        />
        <Files
          title="Picture of the programme"
          text="Core and specialisms, each drawn as large as its content."
          name={`${name}-programme`}
          formats={['svg', 'png']}
          write={picture('programme', id)}
          disabled={none}
        />
        <Files
          title="Picture of the route"
          text={`All pathways of ${pathway?.route.name ?? 'the route'}, with clusters and levels.`}
          name={fileName(pathway?.route.name ?? 'route')}
          formats={['svg', 'png']}
          write={picture('route', pathway?.route.id ?? '')}
        />
        <Files
          title="Picture of the whole map"
          text={`All ${many(overview.value?.routes.length ?? 0, 'route')} on one sheet, to print large.`}
          name={map}
          formats={['svg', 'png']}
          write={picture('map', '')}
        />
        <Files
          title="All programmes"
          text="The core and specialisms of every pathway, under your policy."
          name={`${map}-programmes`}
          formats={['docx', 'xlsx', 'html', 'csv']}
          write={(format) => current().call<Uint8Array>('report', 'derivation', format)}
        />
        <Files
          title="Findings"
          text="What the check found in the file, with places."
          name={`${map}-findings`}
          formats={['docx', 'xlsx', 'csv']}
          write={(format) => current().call<Uint8Array>('report', 'findings', format)}
        />
      </div>
      <DecisionFiles />
      <Summary />
    </div>
  );
}
