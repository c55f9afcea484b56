// A service's page: says that it is ready, draws what the editor sends, and tells the editor what the person asks for.

import type { FromServicePage, ToServicePage } from '../../src/features/code/messages';
import { openFrame } from '../kit/frame';
import { keepOpenParts } from '../kit/openParts';
import { redraw } from '../kit/redraw';
import { readSaved, type Saved, type ServicePageContext } from './context';
import { drawService } from './service';

const frame = openFrame<FromServicePage, ToServicePage>();
const { announce, stage } = frame;
let saved: Saved = readSaved(frame.saved);
let controller = new AbortController();
let shown: string | undefined;

function keep(changed: Partial<Saved>): void {
  saved = { ...saved, ...changed };
  frame.save(saved);
}

function show(service: ToServicePage): void {
  // News that change nothing leave the reader where they are.
  const now = JSON.stringify(service);
  if (now === shown) return;
  shown = now;
  if (service.address !== saved.address) saved = { ...saved, address: service.address, way: undefined, open: undefined };
  // Also when nobody has chosen anything yet: the address is what a reload needs.
  keep({});
  controller.abort();
  controller = new AbortController();
  const page: ServicePageContext = {
    send: frame.send, announce, signal: controller.signal, get saved() { return saved; }, keep,
    keepOpen: keepOpenParts(saved.open, (open) => keep({ open })),
  };
  redraw(stage, stage, () => stage.replaceChildren(drawService(page, service)));
}

frame.listen((message) => {
  if (message.type === 'service') show(message);
});
