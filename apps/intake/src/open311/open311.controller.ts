import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ReferenceStore } from '@garda/reference';
import { CaseClock, Ctx, languageOf, Public, type RequestContext } from '@garda/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { latestStandards, placeStandards } from '../catalogue/standards';
import type { IntakeConfig } from '../config';
import { parsePublicNumber } from '../numbers/public-number';
import { CONFIG } from '../tokens';
import { discoveryNode } from './discovery';
import { Asks, listing, Reports } from './documented';
import { FileRequest } from './file-request';
import { contentTypes, list, render, type Node } from './format';
import { notFound } from './open311-error';
import { formatOf, Open311Filter } from './open311.filter';
import { commaList, numbersOf, one, pageOf, statusesOf, wantsExtensions, windowOf, type Raw } from './parameters';
import { PublicCases } from './public-cases';
import type { PublicCaseRow } from './public.entities';
import { RequestNodes } from './request-nodes';
import { definitionNode, serviceNames, serviceNode } from './services';

const both = (name: string): string[] => [`${name}.json`, `${name}.xml`];

/** Open311 GeoReport v2: the public face for other cities' programs. Only what is about a place and public is here. */
@ApiTags('open311')
@Public()
@UseFilters(Open311Filter)
@Controller('open311/v2')
export class Open311Controller {
  constructor(
    @Inject(ReferenceStore) private readonly reference: ReferenceStore,
    @Inject(PublicCases) private readonly cases: PublicCases,
    @Inject(FileRequest) private readonly filing: FileRequest,
    @Inject(CaseClock) private readonly clock: CaseClock,
    @Inject(CONFIG) private readonly config: IntakeConfig,
  ) {}

  @Get(both('discovery'))
  @Asks('Where this endpoint is and what it speaks')
  discovery(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    const base = this.config.GARDA_PUBLIC_URL ?? `${request.protocol}://${request.host}`;
    const quality = this.reference.snapshot().units.find((unit) => unit.kind === 'quality');
    return answer(reply, request, 'discovery', {
      ...discoveryNode({
        url: `${base.replace(/\/$/, '')}/open311/v2/`,
        contact: quality?.name ?? this.config.GARDA_JURISDICTION,
        production: this.config.GARDA_MODE === 'production',
      }),
    });
  }

  @Get(both('services'))
  @Asks('Services on offer: those about a place', 'jurisdiction_id')
  services(@Query() raw: Raw, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string {
    this.checkJurisdiction(raw);
    const standards = placeStandards(this.reference.snapshot());
    const names = serviceNames(standards, languageFor(request));
    const nodes = standards.map((standard) => serviceNode(standard, names.get(standard.code) ?? standard.code));
    return answer(reply, request, 'services', list('service', nodes));
  }

  @Get('services/:file')
  @Asks('What a service asks: `{code}.json` or `{code}.xml`', 'jurisdiction_id')
  definition(
    @Param('file') file: string,
    @Query() raw: Raw,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string {
    this.checkJurisdiction(raw);
    const standard = placeStandards(this.reference.snapshot()).find(({ code }) => code === nameOf(file));
    if (standard === undefined) throw notFound('service_code');
    return answer(reply, request, 'service_definition', definitionNode(standard, languageFor(request)));
  }

  @Post(both('requests'))
  @HttpCode(201)
  @Reports()
  async create(
    @Query() query: Raw,
    @Body() form: Raw | undefined,
    @Ctx() context: RequestContext,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const raw = { ...query, ...form };
    const keyId = await this.filing.keyOf(raw);
    this.checkJurisdiction(raw);
    const node = await this.filing.file(raw, { keyId, context, language: languageFor(request) });
    void reply.header('cache-control', 'no-store');
    return answer(reply, request, 'service_requests', node);
  }

  @Get(both('requests'))
  @Asks('List public requests', ...listing, 'service_code', 'status', 'extensions')
  async requests(
    @Query() raw: Raw,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.checkJurisdiction(raw);
    const rows = await this.cases.find({
      numbers: numbersOf(raw),
      standards: this.standardsOf(raw),
      statuses: statusesOf(raw),
      window: windowOf(raw, new Date(await this.clock.now())),
      ...pageOf(raw),
    });
    return answer(reply, request, 'service_requests', list('request', await this.nodes(rows, raw, request)));
  }

  @Get('requests/:file')
  @Asks('One public request: `{number}.json` or `{number}.xml`', 'jurisdiction_id', 'extensions')
  async request(
    @Param('file') file: string,
    @Query() raw: Raw,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.checkJurisdiction(raw);
    const number = parsePublicNumber(nameOf(file) ?? '');
    const row = number === undefined ? null : await this.cases.byNumber(number);
    if (row === null) throw notFound('service_request_id');
    return answer(reply, request, 'service_requests', list('request', await this.nodes([row], raw, request)));
  }

  /** Every case has its number at once, so no token is ever given out. */
  @Get('tokens/:file')
  token(): never {
    throw notFound('token');
  }

  @Get(both('servicerequestupdates'))
  @Asks('What was said and done in public, in order (mySociety extension)', ...listing)
  async updates(
    @Query() raw: Raw,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    this.checkJurisdiction(raw);
    const window = windowOf(raw, new Date(await this.clock.now()));
    const rows = await this.cases.updates({ numbers: numbersOf(raw), window, ...pageOf(raw) });
    const nodes = new RequestNodes(this.reference.snapshot(), languageFor(request));
    return answer(
      reply,
      request,
      'service_request_updates',
      list(
        'request_update',
        rows.map((row) => nodes.update(row)),
      ),
    );
  }

  private async nodes(rows: readonly PublicCaseRow[], raw: Raw, request: FastifyRequest): Promise<Node[]> {
    const nodes = new RequestNodes(this.reference.snapshot(), languageFor(request));
    if (!wantsExtensions(raw)) return rows.map((row) => nodes.request(row));
    const notes = await this.cases.notesOf(rows.map((row) => row.number));
    return rows.map((row) =>
      nodes.request(
        row,
        notes.filter((note) => note.number === row.number),
      ),
    );
  }

  /** Codes of the list; one that is no service is a 404, as the standard says. */
  private standardsOf(raw: Raw): string[] {
    const codes = commaList(raw, 'service_code');
    const known = new Set(
      latestStandards(this.reference.snapshot())
        .filter((s) => s.publicity === 'place')
        .map((s) => s.code),
    );
    if (codes.some((code) => !known.has(code))) throw notFound('service_code');
    return codes;
  }

  /** Optional, for there is one; but another city's name is not found here. */
  private checkJurisdiction(raw: Raw): void {
    const given = one(raw, 'jurisdiction_id');
    if (given !== undefined && given !== this.config.GARDA_JURISDICTION) throw notFound('jurisdiction_id');
  }
}

function languageFor(request: FastifyRequest) {
  return languageOf(request.headers['accept-language']);
}

/** `PU-01.json` → `PU-01`; undefined without one of the two suffixes. */
function nameOf(file: string): string | undefined {
  return /^(.+)\.(?:json|xml)$/.exec(file)?.[1];
}

function answer(reply: FastifyReply, request: FastifyRequest, root: string, node: Node): string {
  const format = formatOf(request.url);
  void reply.type(contentTypes[format]).header('vary', 'accept-language');
  return render(format, root, node);
}
