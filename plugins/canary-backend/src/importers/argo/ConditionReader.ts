import {
  arithmetic,
  chosen,
  compared,
  logical,
  minus,
  negated,
} from './operators';
import { Token } from './tokens';
import { Untranslatable, Value } from './Value';

const DEEPEST = 20;

/** Reads by descent, from what binds loosest to what binds firmest. */
export class ConditionReader {
  asksForPresence = false;
  rounds = false;
  readonly members = new Set<string>();
  private at = 0;
  private depth = 0;
  private inClosure = false;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Value {
    const value = this.choice();
    if (this.at < this.tokens.length) this.refuse();
    return value;
  }

  private choice(): Value {
    if (++this.depth > DEEPEST)
      throw new Untranslatable('it is nested too deep');
    const value = this.either();
    this.depth--;
    if (this.take('??')) {
      this.asksForPresence = true;
      this.choice();
      return value.type === 'nothing' ? this.refuse() : value;
    }
    if (!this.take('?')) return value;
    const yes = this.choice();
    this.expect(':');
    return chosen(value, yes, this.choice());
  }

  private either(): Value {
    let value = this.both();
    while (this.take('||') || this.take('or')) {
      value = logical('||', value, this.both());
    }
    return value;
  }

  private both(): Value {
    let value = this.comparison();
    while (this.take('&&') || this.take('and')) {
      value = logical('&&', value, this.comparison());
    }
    return value;
  }

  private comparison(): Value {
    if (this.take('not')) return negated(this.comparison());
    const left = this.sum();
    const sign = ['==', '!=', '<=', '>=', '<', '>'].find(one => this.take(one));
    return sign ? compared(sign, left, this.sum()) : left;
  }

  private sum(): Value {
    let value = this.product();
    for (;;) {
      const sign = ['+', '-'].find(one => this.take(one));
      if (!sign) return value;
      value = arithmetic(sign, value, this.product());
    }
  }

  private product(): Value {
    let value = this.unary();
    for (;;) {
      const sign = ['*', '/', '%', '**'].find(one => this.take(one));
      if (!sign) return value;
      value = arithmetic(sign, value, this.unary());
    }
  }

  private unary(): Value {
    if (++this.depth > DEEPEST)
      throw new Untranslatable('it is nested too deep');
    const value = this.prefixed();
    this.depth--;
    return value;
  }

  private prefixed(): Value {
    if (this.take('!')) return negated(this.unary());
    if (this.take('-')) return minus(this.unary());
    return this.parts(this.atom());
  }

  /** `[0]` and `.name` behind a result. */
  private parts(value: Value): Value {
    let { member } = value.type === 'result' ? value : { member: '' };
    for (;;) {
      const dot = this.take('.') || this.take('?.');
      if (!dot && !this.take('[')) break;
      if (value.type !== 'result') this.refuse();
      const { kind, text } = this.next();
      if (dot && kind === 'name') {
        member = member ? `${member}.${text}` : text;
      } else if (!dot && kind === 'text') {
        const name = text.slice(1, -1);
        if (!/^\w+$/.test(name)) this.refuse();
        member = member ? `${member}.${name}` : name;
      } else if (dot || text !== '0') {
        throw new Untranslatable('it looks at another than the first result');
      }
      if (!dot) this.expect(']');
    }
    if (member) this.members.add(member);
    return value.type === 'result' ? { type: 'result', member } : value;
  }

  private atom(): Value {
    const { kind, text } = this.next();
    if (kind === 'number') return { type: 'number', value: Number(text) };
    if (text === '(') {
      const value = this.choice();
      this.expect(')');
      return value;
    }
    if (text === '#' && this.inClosure) return { type: 'result', member: '' };
    if (kind !== 'name') return this.refuse(text);
    if (text === 'true' || text === 'false') {
      return { type: 'boolean', value: text === 'true' };
    }
    if (text === 'nil') {
      this.asksForPresence = true;
      return { type: 'nothing' };
    }
    if (text === 'result') return { type: 'result', member: '' };
    return this.take('(') ? this.call(text) : this.refuse(text);
  }

  private call(name: string): Value {
    const first = this.choice();
    const value = this.answer(name, first);
    this.expect(')');
    return value;
  }

  private answer(name: string, first: Value): Value {
    switch (name) {
      case 'asInt':
      case 'int':
        this.rounds = true;
        return first;
      case 'asFloat':
      case 'float':
        return first;
      case 'len':
        this.asksForPresence = true;
        return { type: 'number', value: 1 };
      case 'isNaN':
      case 'isInf':
      case 'isNil':
        this.asksForPresence = true;
        return { type: 'boolean', value: false };
      case 'default':
        this.asksForPresence = true;
        this.expect(',');
        this.choice();
        return first;
      case 'all':
      case 'any':
        this.expect(',');
        return this.closure();
      default:
        throw new Untranslatable(`it calls ${name}()`);
    }
  }

  /** `{# > 0}` or `# > 0`; of one result, all and any are that one. */
  private closure(): Value {
    const braces = this.take('{');
    this.inClosure = true;
    const value = this.choice();
    this.inClosure = false;
    if (braces) this.expect('}');
    return value;
  }

  private take(text: string): boolean {
    const token = this.tokens[this.at];
    if (token?.text !== text || token.kind === 'text') return false;
    this.at++;
    return true;
  }

  private expect(text: string): void {
    if (!this.take(text)) this.refuse();
  }

  private next(): Token {
    return this.tokens[this.at++] ?? this.refuse('its end');
  }

  private refuse(text = this.tokens[this.at]?.text ?? 'its end'): never {
    throw new Untranslatable(
      `nothing here corresponds to ${text.slice(0, 40)}`,
    );
  }
}
