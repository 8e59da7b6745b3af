import type { FastifyReply, FastifyRequest } from 'fastify';
import { csvType } from './csv.ts';
import { sendProblem } from './problem.ts';

export const jsonType = 'application/json';
const forms = [jsonType, csvType] as const;
export type TableForm = (typeof forms)[number];

/** In which form a table is wanted, by `Accept`; where it is none of ours, the reply is sent with 406. */
export const tableForm = (request: FastifyRequest, reply: FastifyReply): TableForm | undefined => {
  reply.header('vary', 'accept');
  const wanted = request.accepts().type([...forms]);
  const form = forms.find((one) => one === wanted);
  if (form === undefined) sendProblem(reply, 406, `Accept: expected ${forms.join(' or ')}`);
  return form;
};
