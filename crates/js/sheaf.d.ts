// Sheaf as an ES module: search documents that you have, or a site that was published.

/** A document, as you have it. It means what it means as a line of a `.jsonl` file. */
export interface DocumentInput {
  /** Stable name; links and results carry it. Without one the document is called after its number. */
  id?: string | number;
  /** Taken for the `id` where there is none. */
  name?: string;
  /** Headline; its words count more. Where there is none, the first words of the text stand in. */
  title?: string;
  /** The text; several pieces are joined by blank lines. Also read: `body`, `content`, `fulltext`, `article`. */
  text?: string | string[];
  /** Publication date: `2025`, `2025-02`, `2025-02-24`, `24 Feb 2025`, an RFC 2822 date, or a `Date`. */
  date?: string | number | Date;
  /** Who published it. */
  source?: string;
  /** Language, such as `en` or `tr-TR`; concluded from the text where it is not given. */
  language?: string;
  /** Where the original can be read. */
  url?: string;
  /** Everything else becomes a field to search and filter by; objects give `outer.inner`, lists several values. */
  [field: string]: unknown;
}

/** How far the making of a corpus has come. */
export interface Progress {
  /** Documents are taken from the iterable first, and indexed then. */
  phase: 'reading' | 'indexing';
  /** Documents done. */
  done: number;
  /** Of how many; nothing while an iterable that is no array is read. */
  total?: number;
}

export interface FromDocumentsOptions {
  /** Title of the corpus. Default: none. */
  title?: string;
  /**
   * Called after each document, twice: when it is read and when it is indexed. What it throws stops the work, and is
   * what the promise rejects with. Indexing does not let other events in between: for much text, work in a `Worker`.
   */
  onProgress?: (progress: Progress) => void;
}

export interface OpenOptions {
  /**
   * In place of the global `fetch`: for headers, or files that lie elsewhere. Called with a URL and `{ cache }`; for a part
   * of a file of texts with a header `range`, which may be ignored: whoever gives the whole file answers 200, not 206.
   */
  fetch?: (url: string, init: { cache: RequestCache; headers?: { range: string } }) => Promise<Response>;
  /** Called while a corpus in one file is indexed; one in files is indexed already. */
  onProgress?: (progress: Progress) => void;
}

/** By what documents are ordered; with a minus the other way round. Documents without a date or source come last. */
export type SortKey = 'relevance' | 'date' | 'title' | 'length' | 'source' | 'language' | 'hits';

export interface SearchOptions {
  /** How many documents. Default: 10. */
  limit?: number;
  /**
   * Fields with their values; of a list of values any, of several fields all must hold. `date` and `words` take ranges:
   * `{ date: '2025-02..2025-03', words: '>500', source: ['News.Az', 'Reuters'] }`. An empty string means "none given".
   */
  filters?: Record<string, string | number | Array<string | number> | undefined>;
  /** Default: `relevance`, the best first. */
  sort?: SortKey | `-${SortKey}`;
  /** What counts as written, for the whole query. Default: nothing. */
  exactness?: Exactness;
  /** Whether the last word is still being typed, so that any ending counts. Default: no. */
  typing?: boolean;
  /**
   * Whether to wait for the texts that passages are taken from. Without, a corpus in files answers one round trip
   * earlier, with all documents, scores and counts, and passages of those texts only that are there. Default: yes.
   */
  complete?: boolean;
  /** Ends the waiting: the promise rejects with the signal's reason before the next round of files. */
  signal?: AbortSignal;
}

/** How a request is handled. */
export interface HandleOptions extends Pick<SearchOptions, 'complete' | 'signal'> {
  /**
   * Called with a first answer to `Results` where the whole one takes many files: documents and hits that it will have,
   * too, among `so_far` documents; most without passages. The promise is of the whole answer.
   */
  onFirst?: (answer: Answer) => void;
}

/** What counts as written. */
export interface Exactness {
  /** Capitals count. */
  case?: boolean;
  /** Accents count. */
  accents?: boolean;
  /** Inflections are other words. */
  forms?: boolean;
}

export interface SearchResult {
  /** Documents that match. */
  total: number;
  /** Documents in the corpus. */
  of: number;
  /** Hits in those that match. */
  hits: number;
  /** The first of them, in the order asked. */
  documents: FoundDocument[];
  /** What of the query and filters could not be used, in sentences; the rest was searched. */
  problems: string[];
  /** Queries that may be meant: other spellings, the words as a phrase. */
  suggestions: Array<{ query: string; label: string; documents: number }>;
  /** The query in plain words, with what it found. */
  understood: string;
}

export interface FoundDocument {
  id: string;
  /** Its title; its id where it has none. */
  title: string;
  /** The same in stretches, hits marked. */
  titleRuns: Run[];
  /** ISO 8601, as precise as it is known. */
  date: string | null;
  source: string | null;
  /** ISO 639. */
  language: string | null;
  /** Length of the text. */
  words: number;
  /** Hits in it. */
  hits: number;
  /** 0 without a query. */
  score: number;
  /** Passages that show why it was found, two at most. */
  snippets: Snippet[];
}

export interface Snippet {
  text: string;
  /** The text in stretches, hits marked. */
  runs: Run[];
  /** Whether it begins, or ends, inside a sentence. */
  cutBefore: boolean;
  cutAfter: boolean;
}

/** A stretch of text, exactly as in the document. */
export interface Run {
  text: string;
  /** Of a hit: which one of the document, and which word of the query, both from 0. */
  mark: { hit: number; word: number } | null;
}

/** A sentence about one of the documents that were given. */
export interface Problem {
  /** `documents:17` for the seventeenth. */
  place: string;
  message: string;
}

/** Documents with their index. All that waits is asynchronous; searches may run side by side. */
export class Corpus {
  private constructor();
  /**
   * Indexes documents. Never rejects for what is in one of them: a document without a text is left out, one whose `id`
   * is taken gets another, and `problems` says so.
   *
   * Memory: some 4.5 times the text up to 16 MB of it; larger corpora are packed while they come, and take some
   * 1.5 times.
   *
   * @throws SheafError `documents`: this is not iterable, or one of them cannot be written as JSON.
   */
  static fromDocuments(
    documents: Iterable<DocumentInput> | AsyncIterable<DocumentInput>,
    options?: FromDocumentsOptions,
  ): Promise<Corpus>;
  /**
   * Opens a published corpus: the address of a site, or of its file `index/root-….bin` or `corpus-….bin`. Of an index
   * in files only its start is fetched now, and of the rest what searches ask for. Node opens `file:` URLs, too.
   *
   * @throws SheafError `not-found`, `network`, `no-corpus`, `damaged`, `version`.
   */
  static open(url: string | URL, options?: OpenOptions): Promise<Corpus>;
  /** Its title. */
  readonly title: string;
  /** How many documents it has. */
  readonly size: number;
  /** What was wrong with the documents. Of a corpus in files nothing: ask with `handle('About')`. */
  readonly problems: Problem[];
  /**
   * Searches. A query that is not well formed is answered, as far as it is understood, with `problems`.
   *
   * @throws SheafError `not-found`, `network`, `damaged`, `version`: a file of the index; `request`: an option.
   */
  search(query: string, options?: SearchOptions): Promise<SearchResult>;
  /**
   * Asks the core anything, and gives its response as it is: `(await corpus.handle('About')).About`. What it cannot
   * answer is `{ Failed: … }`.
   *
   * @throws SheafError as `search`.
   */
  handle(request: Request, options?: HandleOptions): Promise<Answer>;
  /** Frees its memory now; else that happens some time after nobody refers to it. */
  close(): void;
}

/** What went wrong. */
export class SheafError extends Error {
  name: 'SheafError';
  /**
   * `not-found`: a file is not on the server. `network`: it could not be fetched. `damaged`: its bytes are not those
   * that were published, even past the cache. `version`: it was written by another version of Sheaf. `no-corpus`: that
   * page is none of Sheaf. `documents`: they cannot be read at all. `request`: an option or a request is not
   * understood. `closed`: the corpus was closed. `wasm`: `sheaf_bg.wasm` could not be loaded.
   */
  code:
    | 'not-found'
    | 'network'
    | 'damaged'
    | 'version'
    | 'no-corpus'
    | 'documents'
    | 'request'
    | 'closed'
    | 'wasm';
  /** Address of the file, for errors of files. */
  file?: string;
}

/** A question of the core: a query with its filters. */
export interface Question {
  query?: string;
  is_typing?: boolean;
  filters?: Array<{ field: string; values: string[] }>;
  exactness?: Exactness;
}

/** An order of the core. */
export interface Sort {
  key: 'Relevance' | 'Date' | 'Title' | 'Length' | 'Source' | 'Language' | 'Hits';
  is_descending: boolean;
}

/** A lens that counts or reads, by its name on the command line: `concordance`, `entities`. */
export interface LensRequest {
  lens: string;
  question?: Question;
  /** Settings by name, as they stand in links; what is left out has its default. `columns=all` gives all columns. */
  settings?: Array<[string, string]>;
  /** The first row, from 0, and how many. */
  first?: number;
  limit?: number;
}

/** All that the core can be asked. */
export type Request =
  | 'About'
  | { Results: { question: Question; sort: Sort; limit: number; passages?: [number, number] } }
  | { Documents: { question: Question; sort: Sort; limit: number } }
  | { Facets: { question: Question; reads?: boolean } }
  | { Reader: { name: string; question: Question; hit: number; extent: number } }
  | { Complete: { question: Question; caret: number; limit: number } }
  | { Explain: { name: string; question: Question } }
  | { ExportDocuments: { question: Question; sort?: Sort; format: Format; link?: string; today?: string } }
  | { Lens: LensRequest }
  | { Arithmetic: { lens: LensRequest; key: string } }
  | { Export: { lens: LensRequest; format: Format; link?: string; today?: string } }
  | { Cite: { name: string; question?: Question; hit?: number; link?: string; today?: string } }
  | { Ranked: { question: Question; sort: Sort; limit: number } };

/** A form of file. */
export type Format = 'csv' | 'tsv' | 'json' | 'markdown';

/** A response of the core: one of these, that of the request. */
export interface Answer {
  About?: AboutView;
  Results?: ResultsView;
  Documents?: DocumentsView;
  Facets?: FacetsView;
  Reader?: ReaderView;
  /** To `Complete`. */
  Completions?: CompletionsView;
  /** To `Explain`. */
  Explanation?: ExplanationView;
  Lens?: LensAnswer;
  /** The table behind a score, its formula and its source; nothing where the row has no score. */
  Arithmetic?: object | null;
  /** To `ExportDocuments` and `Export`. */
  Exported?: { file_name: string; mime: string; text: string };
  /** To `Cite`: the sentence of the hit, and references in several forms. */
  Citation?: { name: string; quotation: string; forms: Array<{ name: string; title: string; text: string }> };
  Ranked?: { total: number; hits: number; documents: Array<{ id: string; score: number }>; problems: string[] };
  Failed?: 'NotThere' | 'NotLoaded' | { UnknownDocument: { name: string } };
}

export interface AboutView {
  title: string;
  /** Paragraph by paragraph. */
  about: string[];
  credit: string;
  url: string;
  /** Changes when anything in the corpus does. */
  fingerprint: string;
  documents: number;
  /** Running words. */
  words: number;
  /** Distinct forms. */
  types: number;
  /** First and last date, as written for readers. */
  dates: string;
  problems: Problem[];
}

/** How a value is known: given, concluded from something, or not at all. */
export type Certainty = 'Stated' | { Inferred: string } | 'Unknown';

/** The head of a document. Strings are empty where nothing is known. */
export interface Card {
  name: string;
  title: Run[];
  title_known: Certainty;
  source: string;
  source_known: Certainty;
  /** As written for readers. */
  date: string;
  date_iso: string;
  date_known: Certainty;
  language: string;
  words: number;
}

export type EchoRun = { Plain: string } | { Term: string } | { Strong: string };

/** The query as it was understood. */
export interface EchoView {
  sentence: EchoRun[];
  /** What of the query could not be used; `start` and `end` in bytes of its UTF-8. */
  marks: Array<{ start: number; end: number; message: string }>;
  /** What of the filters could not be used. */
  problems: string[];
  offers: Array<{ query: string; label: string; documents: number }>;
  /** Where nothing was found, which part is to blame. */
  blame: EchoRun[];
  /** Whether the query has parts to be changed one by one. */
  has_parts: boolean;
  parts: QueryPart | null;
}

/** A part of a query with its own counts, and the queries that come of changing it. */
export interface QueryPart {
  text: string;
  description: string;
  is_negated: boolean;
  documents: number;
  hits: number | null;
  parts: QueryPart[];
  joints: Array<{ now: Join; choices: Array<[Join, string]> }>;
  removed: string;
  negated: string;
}

export type Join = 'And' | 'Or' | 'Near' | 'Phrase';

export interface ResultsView {
  echo: EchoView;
  matched: number;
  of: number;
  /**
   * Where more is still to come: from how many of these it is so far, spread over the corpus. Of these, too, it may not
   * have all: words without inflections were asked for, the first of many alternatives, and sentences as far as is known.
   * Else null.
   */
  so_far: number | null;
  hits: number;
  rows: Array<{
    card: Card;
    hits: number;
    snippets: Array<{ runs: Run[]; hit: number; is_cut: [boolean, boolean] }>;
    /** Where the hits lie, in thousandths of the text. */
    bars: number[];
    has_text: boolean;
  }>;
}

export interface DocumentsView {
  echo: EchoView;
  matched: number;
  of: number;
  rows: Array<{ card: Card; hits: number }>;
}

export interface FacetValue {
  value: string;
  label: string;
  count: number;
  is_chosen: boolean;
}

/** Rows with a cell for each column: nothing, words, a whole number, or a number. */
export interface Table {
  caption: string;
  columns: Array<{ name: string; title: string; meaning: string; decimals: number; is_sortable: boolean }>;
  first: number;
  rows: Array<{
    key: string;
    cells: Array<'None' | { Text: string } | { Count: number } | { Number: number }>;
    link: unknown;
    is_flagged: boolean;
  }>;
  total: number;
  sort: string;
}

export interface LensAnswer {
  lens: string;
  echo: EchoView;
  matched: number;
  of: number;
  keys: string[];
  view: {
    lens: string;
    summary: string;
    notes: string[];
    sample: string;
    /** Where that is a sample of the parts of the corpus: how many could be counted in instead (setting `read`). */
    more: number | null;
    facts: Table[];
    table: Table;
    [other: string]: unknown;
  };
}

export interface FacetsView {
  calendar: {
    bars: Array<FacetValue & { of: number }>;
    undated: FacetValue | null;
  };
  facets: Array<{ field: string; label: string; values: FacetValue[] }>;
  /** Whether reading the texts (`reads: true`) would add who and what they name. */
  can_read: boolean;
}

export interface ReaderView {
  card: Card;
  title_is_in_text: boolean;
  meta: Array<{ label: string; value: string; known: Certainty }>;
  url: string;
  paragraphs: Array<{ runs: Run[]; offset: number; number: number; is_continued: boolean }>;
  hits: number;
  at_hit: number;
  bars: number[];
  /** The shown part, in thousandths of the text. */
  from: number;
  to: number;
  has_more: [boolean, boolean];
  citation: string;
}

export interface CompletionsView {
  query: string;
  /** What a choice replaces, in bytes of the query's UTF-8. */
  start: number;
  end: number;
  items: Array<{
    insert: string;
    label: string;
    kind: 'Term' | 'Field' | 'Value' | 'Operator';
    documents: number | null;
    detail: string;
  }>;
}

/** The arithmetic of a score: the scores of terms, phrases and pairs add up to it. */
export interface ExplanationView {
  name: string;
  title: string;
  score: number;
  rank: number;
  matched: number;
  documents: number;
  length: number;
  mean_length: number;
  saturation: number;
  knobs: { k1: number; b: number; title_weight: number; inflected_weight: number; near_weight: number };
  terms: Array<{
    text: string;
    times: number;
    found: number;
    idf: number;
    exact: number;
    inflected: number;
    in_title: number;
    frequency: number;
    score: number;
  }>;
  phrases: Array<{ text: string; score: number }>;
  groups: Array<
    Array<{ words: [string, string]; distances: number[]; near: number; weight: number; score: number }>
  >;
}
